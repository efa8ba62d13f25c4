#!/usr/bin/env node
/** Stands in for VS Code's executable where `@vscode/test-electron` cannot download one: serves VS Code, shows it to a browser. */
import { resolve } from 'node:path';
import { format } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { serveVSCode } from './vscode.mjs';

const patience = 240_000;
/** What VS Code itself says on a machine without network. */
const noise =
  /socket|connection token|AgentHost|AccountPolicy|grace-time|ChatModel|Service Worker|open-vsx|spdlog|native-watchdog|ENOTFOUND|CodeExpectedError/;

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
  const exit = new Promise(resolve => void page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', print);
  await page.goto(`${vscode.address(folder)}&payload=${encodeURIComponent(JSON.stringify(developmentPaths()))}`);
  return Promise.race([exit, timeout()]);
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

function print(type, values) {
  const text = format(...values);
  if (noise.test(text)) return;
  if (type === 'error') console.error(text);
  else console.log(text);
}

function timeout() {
  return new Promise(resolve => {
    setTimeout(() => {
      console.error(`no result after ${patience / 1000} seconds`);
      resolve(3);
    }, patience).unref();
  });
}
