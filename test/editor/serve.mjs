/** The packaged extension in a served VS Code with the examples: for a person to open, or for a picture of it. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { browserPath, launchBrowser } from './browser.mjs';
import { editorFolder } from './install.mjs';
import { isVSCodeInstalled, serveVSCode } from './vscode.mjs';
import { Workbench } from './workbench.mjs';

const root = join(editorFolder, '../..');
const examples = join(root, 'examples');

/** Until the person presses Ctrl-C. */
export async function serveExamples() {
  if (!isVSCodeInstalled())
    return console.log('VS Code is served on Linux x86-64 only; its `code` is not on the PATH.');
  const vscode = await serveVSCode({ extension: packedExtension() });
  console.log(`\nVS Code with InitLens: ${vscode.address(examples)}\nCtrl-C ends it.`);
  await new Promise(resolve => process.once('SIGINT', resolve));
  await vscode.close();
}

export async function takeScreenshot(path) {
  if (!isVSCodeInstalled() || browserPath() === undefined) {
    return console.log('\nWithout Linux x86-64 and Chromium there is no picture of the editor.');
  }
  const vscode = await serveVSCode({ extension: packedExtension() });
  const browser = await launchBrowser();
  try {
    const workbench = await Workbench.open(browser, vscode.address(examples), 'light');
    await workbench.openFile('deep_relu.py');
    await workbench.goTo(lineOf('deep_relu.py', 'xavier_normal_'));
    await workbench.squiggles('warning').first().waitFor();
    mkdirSync(dirname(path), { recursive: true });
    await workbench.screenshot(path);
    console.log(`\nthe editor: ${path}`);
  } finally {
    await browser.close();
    await vscode.close();
  }
}

function lineOf(file, text) {
  const lines = readFileSync(join(examples, file), 'utf8').split('\n');
  return lines.findIndex(it => it.includes(text)) + 1;
}

export function packedExtension() {
  const name = readdirSync(root).find(it => it.endsWith('.vsix'));
  if (name === undefined) throw new Error('there is no .vsix yet: npm run package');
  return join(root, name);
}
