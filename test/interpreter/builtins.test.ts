/** Compares every builtin with CPython, expression by expression. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Raised } from '../../server/interpreter/raised.js';
import { evaluateText } from './evaluate.js';

const oracle = path.join(import.meta.dirname, '../oracle');
const golden = path.join(oracle, 'golden/builtins.json');
const rows = JSON.parse(readFileSync(golden, 'utf8')) as [expression: string, outcome: string][];

test('every expression gives what CPython gives', () => {
  const wrong = rows.filter(([expression, outcome]) => outcomeOf(expression) !== outcome);
  const shown = wrong.map(([expression, outcome]) => `${expression}\n  is ${outcomeOf(expression)}\n not ${outcome}`);
  assert.equal(wrong.length, 0, `${wrong.length} of ${rows.length}:\n${shown.join('\n')}`);
});

test('the golden file is what CPython 3.11 prints', t => {
  const version = spawnSync('python3', ['-c', 'import sys; print(sys.version_info[:2])'], { encoding: 'utf8' });
  if (version.stdout?.trim() !== '(3, 11)') return t.skip('there is no Python 3.11');
  const run = spawnSync('python3', ['-W', 'ignore', path.join(oracle, 'builtins.py')], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  assert.equal(run.stdout, readFileSync(golden, 'utf8'));
});

/** `repr` of the value, or `!` and the exception's class. */
function outcomeOf(expression: string): string {
  try {
    const { machine, variables } = evaluateText(`result = (${expression})\n`);
    const value = variables.get('result') ?? null;
    return machine.repr(value) ?? `unknown: ${JSON.stringify(value)}`;
  } catch (error) {
    return error instanceof Raised ? `!${error.exception.cls.name}` : `crash: ${(error as Error).stack ?? error}`;
  }
}
