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
  const counts = [await attempt(['test/editor/run-suite.mjs'], countsOfMocha)];
  if (isVSCodeInstalled()) counts.push(await attempt(['test/editor/run-web-suite.mjs'], countsOfMocha));
  for (const file of readdirSync('test/editor').filter(it => it.endsWith('.test.mjs')))
    counts.push(await attempt(['--test', '--test-reporter=spec', join('test/editor', file)], countsOfNode));
  return counts;
}

/** Once more where it fails: on a busy machine an editor that is driven from outside now and then misses a key or a click. */
async function attempt(command, countsOf) {
  const first = countsOf(await run(process.execPath, command));
  if (first.failed === 0) return first;
  console.log(`${command.at(-1)}: ${sentence(first)}; it is tried once more in a new editor`);
  return countsOf(await run(process.execPath, command));
}
