/** Runs the suite in VS Code's extension host on Node: the desktop's where it can be had, else the served one. */
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { removeFolder } from '../tools/remove.mjs';
import { browserPath } from './browser.mjs';
import { buildSuite, suiteFolder } from './build.mjs';
import { editorFolder } from './install.mjs';
import { isVSCodeInstalled } from './vscode.mjs';

const root = join(editorFolder, '../..');
const workspace = mkdtempSync(join(tmpdir(), 'initlens-workspace-'));

await buildSuite();
cpSync(join(root, 'examples'), workspace, { recursive: true });
try {
  await runTests({
    ...executable(),
    extensionDevelopmentPath: root,
    extensionTestsPath: join(suiteFolder, 'suite.cjs'),
    launchArgs: [workspace, '--disable-extensions'],
  });
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
} finally {
  await removeFolder(workspace);
}

/** Nothing is named where a desktop VS Code is to be downloaded. */
function executable() {
  const named = process.env.VSCODE_EXE;
  if (named !== undefined) return { vscodeExecutablePath: named };
  const isServed = isVSCodeInstalled() && browserPath() !== undefined;
  return isServed ? { vscodeExecutablePath: join(editorFolder, 'executable.mjs') } : {};
}
