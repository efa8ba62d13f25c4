/** Small tensors against real PyTorch: shapes, element types and exact values of many expressions. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DtypeValue } from '../../server/frameworks/torch/dtype-value.js';
import { isFloating } from '../../server/frameworks/torch/dtypes.js';
import { dataOf } from '../../server/frameworks/torch/operations/data.js';
import { isTensor, type Tensor } from '../../server/frameworks/torch/tensor.js';
import { Float, Instance, List, Symbolic, Tuple, Unknown, type Value } from '../../server/interpreter/values.js';
import { evaluatePython } from './evaluate.js';

const script = new URL('../oracle/tensors.py', import.meta.url);
const golden = JSON.parse(readFileSync(new URL('../oracle/golden/tensors.json', import.meta.url), 'utf8'));

/** What shows that evaluation does not know, where torch does: listed, so that the list can only shrink by intent. */
const KNOWN_UNKNOWNS = 0.03;

test('expressions give what torch gives', () => {
  compare(golden);
});

test('the recorded answers are those of the torch that is installed', { skip: whyNoTorch() }, () => {
  const { stdout } = spawnSync('/usr/bin/python3', [script.pathname], { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.deepEqual(JSON.parse(stdout), golden);
});

function compare(answers: Readonly<Record<string, unknown>>): void {
  const wrong: string[] = [];
  let unknown = 0;
  let total = 0;
  for (const [expression, expected] of Object.entries(answers)) {
    if (isError(expected)) continue;
    total++;
    const actual = evaluated(expression);
    if (actual === UNKNOWN) unknown++;
    else if (!agrees(actual, expected))
      wrong.push(`${expression}\n  torch ${JSON.stringify(expected)}\n  here  ${JSON.stringify(actual)}`);
  }
  assert.equal(wrong.length, 0, `${wrong.length} of ${total} differ:\n${wrong.slice(0, 40).join('\n')}`);
  assert.ok(unknown / total < KNOWN_UNKNOWNS, `${unknown} of ${total} are not known`);
}

const isError = (value: unknown): boolean => typeof value === 'object' && value !== null && 'error' in value;

const UNKNOWN = Symbol('unknown');

function evaluated(expression: string): unknown {
  try {
    const { get } = evaluatePython(
      `import numpy as np\nimport torch\nimport torch.nn.functional as F\nresult = ${expression}\n`,
      {
        strict: true,
      },
    );
    return described(get('result'));
  } catch (error) {
    return `raises ${(error as Error).message}`;
  }
}

function described(value: Value): unknown {
  if (value instanceof Unknown) return UNKNOWN;
  if (isTensor(value)) return describedTensor(value);
  if (value instanceof Tuple || value instanceof List) return listed(value.items);
  if (value instanceof DtypeValue) return `torch.${value.dtype}`;
  if (value instanceof Instance && value.payload !== undefined) return described(value.payload);
  if (value instanceof Float) return numbered(value.value);
  return value instanceof Symbolic ? value.size : value;
}

function listed(items: readonly Value[]): unknown {
  const all = items.map(described);
  return all.includes(UNKNOWN) ? UNKNOWN : all;
}

function describedTensor(tensor: Tensor): unknown {
  const data = dataOf(tensor);
  if (tensor.shape === undefined || tensor.shape.includes(undefined)) return UNKNOWN;
  const isBool = tensor.dtype === 'bool';
  const values = data && [...data].map(it => (isBool ? it !== 0 : isFloating(tensor.dtype) ? numbered(it) : it));
  return { shape: tensor.shape, dtype: tensor.dtype, values };
}

const numbered = (value: number): number | string =>
  Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';

/** Values that are not computed here are passed over; the others agree to the bit, doubles to the last one. */
function agrees(actual: unknown, expected: unknown): boolean {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    return actual.length === expected.length && actual.every((it, i) => agrees(it, expected[i]));
  }
  if (typeof actual === 'object' && actual !== null && typeof expected === 'object' && expected !== null) {
    const entries = Object.entries(actual).filter(([, it]) => it !== undefined);
    return entries.every(([key, it]) => agrees(it, (expected as Record<string, unknown>)[key]));
  }
  if (typeof actual !== 'number' || typeof expected !== 'number') return Object.is(actual, expected);
  return Math.abs(actual - expected) <= Math.abs(expected) * LAST_BIT_OF_A_DOUBLE;
}

/** Powers in doubles are the engine's, which may round the other way; a float32 would differ by far more. */
const LAST_BIT_OF_A_DOUBLE = 2 ** -52;

function whyNoTorch(): string | false {
  const { status } = spawnSync('/usr/bin/python3', ['-c', 'import torch; assert torch.__version__.startswith("1.13")']);
  return status === 0 ? false : 'torch 1.13 is not installed';
}
