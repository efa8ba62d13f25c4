/** `npm test`: installs what is missing, builds, and runs every suite; with words behind it, only test files whose paths contain one. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { countsOfMocha, countsOfNode, none, sentence, sum } from './counts.mjs';
import { installDebianPackages, installPackages } from './install.mjs';
import { need, run } from './run.mjs';

const words = process.argv.slice(2);
const isWhole = words.length === 0;

await installPackages();
if (isWhole) await installDebianPackages();
await need(process.execPath, ['test/tools/package.mjs']);
const counts = sum([await unitTests(), ...(isWhole ? await editorTests() : [])]);
console.log(sentence(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;

async function unitTests() {
  const files = testFiles('test').filter(file => isWhole || words.some(word => file.includes(word)));
  if (files.length === 0) return none;
  return countsOfNode(await run(process.execPath, ['--import', 'tsx', '--test', '--test-reporter=spec', ...files]));
}

function testFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isOwn(path) ? testFiles(path) : [];
    return entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

/** The editor's tests run below; installed packages bring tests of their own. */
function isOwn(path) {
  return path !== join('test', 'editor') && !path.endsWith('node_modules');
}

async function editorTests() {
  const { installEditor } = await import('../editor/install.mjs');
  installEditor();
  const { browserPath } = await import('../editor/browser.mjs');
  const { isVSCodeInstalled } = await import('../editor/vscode.mjs');
  if (process.platform === 'linux' && browserPath() === undefined && process.env.VSCODE_EXE === undefined) {
    console.log('no Chromium: the tests in the editor are skipped');
    return [{ ...none, skipped: 1 }];
  }
  return [
    countsOfMocha(await run(process.execPath, ['test/editor/run-suite.mjs'])),
    ...(isVSCodeInstalled() ? [countsOfMocha(await run(process.execPath, ['test/editor/run-web-suite.mjs']))] : []),
    countsOfNode(
      await run(process.execPath, [
        '--test',
        '--test-concurrency=1',
        '--test-reporter=spec',
        ...readdirSync('test/editor')
          .filter(it => it.endsWith('.test.mjs'))
          .map(it => join('test/editor', it)),
      ]),
    ),
  ];
}
