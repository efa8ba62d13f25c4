/** The program starts with the bytecode that the build keeps beside it, and just as well without. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { wrapped } from '../../server/node/launch.js';
import { temporaryFolder } from '../temporary.js';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const bytecode = 'program.js.bytecode';

test('the build keeps bytecode', () => {
  assert.ok(statSync(join(dist, bytecode)).size > 100_000);
});

test('the engine takes it as it starts', () => {
  const source = wrapped(readFileSync(join(dist, 'program.js'), 'latin1'));
  const script = new Script(source, { cachedData: readFileSync(join(dist, bytecode)) });
  assert.equal(script.cachedDataRejected, false);
});

for (const [what, change] of [
  ['without bytecode', (file: string) => rmSync(file)],
  ['with bytecode of another version', (file: string) => writeFileSync(file, 'not bytecode')],
] as const) {
  test(what, () => {
    const folder = temporaryFolder({ 'package.json': '{"type":"module","version":"9.9.9"}' });
    for (const file of ['cli.js', 'program.js', bytecode]) cpSync(join(dist, file), join(folder.path, file));
    change(join(folder.path, bytecode));
    const { stdout } = spawnSync(process.execPath, ['cli.js', '--version'], { cwd: folder.path, encoding: 'utf8' });
    folder.remove();
    assert.equal(stdout, 'initlens 9.9.9\n');
  });
}
