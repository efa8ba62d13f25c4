/** Runs the files of test/oracle/modules and compares each result with what real torch says. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { evaluatePython } from './evaluate.js';

interface Golden {
  readonly torch: string;
  readonly results: Readonly<Record<string, readonly string[]>>;
}

const oracle = new URL('../oracle/', import.meta.url);
const golden: Golden = JSON.parse(readFileSync(new URL('golden/modules.json', oracle), 'utf8'));

for (const name of readdirSync(new URL('modules/', oracle))) {
  test(`${name} gives what torch gives`, () => {
    const text = readFileSync(new URL(`modules/${name}`, oracle), 'utf8');
    const { machine, get } = evaluatePython(text, { strict: true });
    const results = machine.listOf(get('result')) ?? [];
    assert.deepEqual(
      results.map(it => machine.repr(it) ?? 'unknown'),
      golden.results[name],
    );
  });
}

test('the golden file is what torch says here', t => {
  const live = asked();
  if (live === undefined) return t.skip('python3 has no torch of this version');
  assert.deepEqual(live, golden);
});

function asked(): Golden | undefined {
  try {
    const script = new URL('check_modules.py', oracle).pathname;
    const text = execFileSync('/usr/bin/python3', [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const live: Golden = JSON.parse(text);
    return live.torch === golden.torch ? live : undefined;
  } catch {
    return undefined;
  }
}
