/** Runs whole Python programs and compares what they leave in `result` with CPython. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluateText } from './evaluate.js';

const folder = path.join(import.meta.dirname, 'programs');
const expectation = /\n# result: (.*)\n$/;

for (const name of readdirSync(folder).filter(it => it.endsWith('.py'))) {
  const file = path.join(folder, name);
  test(`program ${name}`, () => {
    const text = readFileSync(file, 'utf8');
    const program = text.replace(expectation, '\n');
    if (process.env.UPDATE) writeFileSync(file, `${program}# result: ${cpython(program)}\n`);
    const expected = expectation.exec(readFileSync(file, 'utf8'))?.[1];
    assert.ok(expected, `${name} says no result: run with UPDATE=1`);
    const { machine, variables } = evaluateText(program);
    assert.equal(machine.repr(variables.get('result') ?? null), expected);
  });
}

test('the expected results are what CPython prints', t => {
  if (spawnSync('python3', ['--version']).status !== 0) return t.skip('there is no python3');
  for (const name of readdirSync(folder).filter(it => it.endsWith('.py'))) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    assert.equal(cpython(text), expectation.exec(text)?.[1], name);
  }
});

function cpython(program: string): string {
  const run = spawnSync('python3', ['-c', 'import sys; n = {}; exec(sys.stdin.read(), n); print(repr(n["result"]))'], {
    input: program,
    encoding: 'utf8',
  });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout.trimEnd();
}
