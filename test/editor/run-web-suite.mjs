/** Runs the suite in VS Code's web worker host: the browser entry, with the server in a worker. */
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../tools/remove.mjs';
import { launchBrowser } from './browser.mjs';
import { buildSuite } from './build.mjs';
import { develop, uriOf } from './development.mjs';
import { editorFolder } from './install.mjs';
import { outcomeOf } from './outcome.mjs';
import { serveFolder } from './static.mjs';
import { serveVSCode } from './vscode.mjs';

const root = join(editorFolder, '../..');
const workspace = mkdtempSync(join(tmpdir(), 'initlens-workspace-'));

await buildSuite();
cpSync(join(root, 'examples'), workspace, { recursive: true });
const files = await serveFolder(root);
const vscode = await serveVSCode({ isAutomated: true });
const browser = await launchBrowser();
try {
  process.exitCode = await runSuite();
} finally {
  await browser.close();
  await vscode.close();
  files.close();
  await removeFolder(workspace);
}

async function runSuite() {
  const page = await browser.newPage({ bypassCSP: true, viewport: { width: 1280, height: 800 } });
  const { exit } = await outcomeOf(page);
  await develop(page, {
    extensions: [uriOf(files, '/')],
    extensionTestsPath: uriOf(files, '/test/editor/out/web-suite.cjs'),
  });
  await page.goto(vscode.address(workspace));
  return exit;
}
