/** Compares expressions with what CPython gave for them, as the scripts in test/oracle print it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Frame } from '../../server/interpreter/frame.js';
import { Raised } from '../../server/interpreter/raised.js';
import { executeModule } from '../../server/interpreter/statements.js';
import { parse } from '../../server/syntax/parse.js';
import { evaluateText } from './evaluate.js';

const folder = path.join(import.meta.dirname, '../oracle');

interface Comparison {
  /** What runs before the expressions. */
  readonly prelude?: string;
  /** A function of the prelude that every value goes through. */
  readonly wrap?: string;
  /** The Python that made the golden file. */
  readonly python?: string;
}

/** Tests the expressions of `test/oracle/golden/<name>.json`. */
export function testAgainstCPython(
  name: string,
  { prelude = '', wrap = '', python = 'python3' }: Comparison = {},
): void {
  const golden = readFileSync(path.join(folder, `golden/${name}.json`), 'utf8');
  const rows = JSON.parse(golden) as [expression: string, outcome: string][];

  test(`every expression of ${name} gives what CPython gives`, () => {
    const outcomeOf = evaluator(prelude, wrap);
    const wrong = rows
      .map(([expression, expected]) => ({ expression, expected, actual: outcomeOf(expression) }))
      .filter(it => it.actual !== it.expected)
      .map(it => `${it.expression}\n  is ${it.actual}\n not ${it.expected}`);
    assert.equal(wrong.length, 0, `${wrong.length} of ${rows.length}:\n${wrong.join('\n')}`);
  });

  test(`the golden file of ${name} is what CPython 3.11 prints`, t => {
    const version = spawnSync(python, ['-c', versionOf(name)], { encoding: 'utf8' });
    if (version.stdout?.trim() !== '(3, 11)') return t.skip('there is no Python 3.11 with what it takes');
    const script = path.join(folder, `${name}.py`);
    const env = { ...process.env, ...WITHOUT_AVX512 };
    const run = spawnSync(python, ['-W', 'ignore', script], { encoding: 'utf8', maxBuffer: 1e8, env });
    assert.equal(run.stdout, golden);
  });
}

/** With it numpy takes other functions for logarithms, sines and powers, whose last bit differs. */
const WITHOUT_AVX512 = { NPY_DISABLE_CPU_FEATURES: 'AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL' };

const versionOf = (name: string): string =>
  `${name === 'arrays' || name === 'scalars' ? 'import numpy; ' : ''}import sys; print(sys.version_info[:2])`;

/** `repr` of the value, or `!` and the exception's class. */
function evaluator(prelude: string, wrap: string): (expression: string) => string {
  const { machine, module } = evaluateText(prelude);
  return expression => {
    const { body } = parse(`result = ${wrap}(${expression})\n`);
    machine.steps = 0;
    try {
      machine.enter(new Frame(module, module.scope, undefined));
      executeModule(machine, machine.frame!, body);
    } catch (error) {
      return error instanceof Raised
        ? `!${error.exception.cls.name}`
        : `crash: ${(error as Error).stack?.slice(0, 300) ?? error}`;
    }
    const value = module.scope.variables.get('result') ?? null;
    return machine.repr(value) ?? `unknown: ${String((value as { reason?: string }).reason)}`;
  };
}
