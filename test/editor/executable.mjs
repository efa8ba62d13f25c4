#!/usr/bin/env node
/** Stands in for VS Code's executable where `@vscode/test-electron` cannot download one: serves VS Code, shows it to a browser. */
import { resolve } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { outcomeOf } from './outcome.mjs';
import { serveVSCode } from './vscode.mjs';

const args = process.argv.slice(2);
const folder = resolve(args.find(it => !it.startsWith('-')) ?? '.');

const vscode = await serveVSCode({ isAutomated: true, settings: JSON.parse(process.env.EDITOR_SETTINGS ?? '{}') });
const browser = await launchBrowser();
try {
  process.exitCode = await runSuite();
} finally {
  await browser.close();
  await vscode.close();
}

async function runSuite() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const { exit } = await outcomeOf(page);
  await page.goto(`${vscode.address(folder)}&payload=${encodeURIComponent(JSON.stringify(developmentPaths()))}`);
  return exit;
}

function developmentPaths() {
  return ['extensionDevelopmentPath', 'extensionTestsPath'].flatMap(option =>
    valuesOf(option).map(path => [option, `vscode-remote://127.0.0.1:${vscode.port}${path}`]),
  );
}

function valuesOf(option) {
  const start = `--${option}=`;
  return args.filter(it => it.startsWith(start)).map(it => it.slice(start.length));
}
