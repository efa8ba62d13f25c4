/** Compares every row of the tables of layers and initializers with real torch. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DrawRequest, draw, fillUniform, Mt19937 } from '../../core/random/index.js';
import { initializerNamed } from '../../server/frameworks/torch/initializers.js';
import { layerNamed, layers } from '../../server/frameworks/torch/layers.js';
import { ModuleInstance, slotOf } from '../../server/frameworks/torch/nn/instance.js';
import { namedModules, namedTensors } from '../../server/frameworks/torch/nn/walk.js';
import { signatureOf } from '../../server/interpreter/native.js';
import { Float, List, Tuple, type Value } from '../../server/interpreter/values.js';
import type { Draw } from '../../server/model/draws.js';
import { evaluatePython } from './evaluate.js';
import { type Argument, asked, type Sample, written } from './tables.js';

/** Written in TypeScript, without a row. */
const withoutRow = new Set([
  'Module',
  'Container',
  'Sequential',
  'ModuleList',
  'ModuleDict',
  'ParameterList',
  'ParameterDict',
  'DataParallel',
]);

for (const layer of written.layers) {
  if (withoutRow.has(layer.name)) continue;
  test(`${layer.name} has torch's signature`, () => {
    const row = layerNamed.get(layer.name);
    assert.ok(row, 'there is no row');
    assert.equal(`torch.nn.modules.${row.file}`, layer.module);
    if (layer.signature.some(it => it.kind === 'VAR_POSITIONAL') && layer.name !== 'Identity') return;
    assert.deepEqual(signatureIn(row.signature, row.added), layer.signature.map(described));
    assert.deepEqual(
      forwardIn(row.takes),
      layer.forward.filter(it => !it.startsWith('is_')),
    );
  });
}

test('there is no row that torch does not have', () => {
  const known = new Set(written.layers.map(it => it.name));
  const extra = layers.filter(it => it.since === undefined && !it.name.startsWith('_') && !known.has(it.name));
  assert.deepEqual(
    extra.map(it => it.name),
    ['NonDynamicallyQuantizableLinear'],
  );
});

for (const initializer of written.initializers) {
  const row = initializerNamed.get(initializer.name);
  if (row === undefined) continue;
  test(`init.${initializer.name} has torch's signature`, () => {
    assert.deepEqual(signatureIn(row.signature, row.added), initializer.signature.map(described));
  });
}

for (const sample of written.samples) {
  test(`${sample.expression} is made as torch makes it`, () => compareSample(sample));
}

test('the golden file is what torch says here', t => {
  const live = asked();
  if (live === undefined) return t.skip('python3 has no torch of this version');
  assert.deepEqual(live, written);
});

/** Kept for the fast path of torch's own kernels. */
const untold = new Set(['activation_relu_or_gelu']);

function compareSample(sample: Sample): void {
  const { get, session } = evaluatePython(`from torch import nn\nmodule = ${sample.expression}\n`, { strict: true });
  const module = get('module');
  assert.ok(module instanceof ModuleInstance);
  assert.deepEqual(shapesOf(namedTensors(module, '_parameters')), sample.parameters);
  assert.deepEqual(slotsOf(module), sample.slots.toSorted());
  assert.deepEqual(shapesOf(namedTensors(module, '_buffers')), sample.buffers);
  assert.deepEqual(
    [...namedModules(module)].map(([name, it]) => [name, it.cls.name]),
    sample.modules,
  );
  for (const [name, value] of Object.entries(sample.attributes)) {
    if (untold.has(name) || sample.modules.some(([path]) => path === name)) continue;
    assert.deepEqual(plain(module.attributes.get(name)), value, name);
  }
  const log = session.draws();
  assert.equal(log.inexact, undefined);
  assert.equal(uniformAfter(log.draws), sample.next_uniform);
}

/** Where the generator stands after these draws: its next uniform value tells. */
function uniformAfter(draws: readonly Draw[]): number {
  const generator = new Mt19937(0);
  for (const it of draws) draw(generator, requestOf(it));
  return fillOne(generator);
}

function requestOf({ kind, args, count = 0 }: Draw): DrawRequest {
  const [first = 0, second = 0] = args;
  if (kind === 'uniform_') return { kind: 'uniform', low: first, high: second, count };
  assert.equal(kind, 'normal_');
  return { kind: 'normal', mean: first, std: second, count };
}

function fillOne(generator: Mt19937): number {
  const values = new Float32Array(1);
  fillUniform(generator, values, 0, 1, 'float32');
  return values[0]!;
}

type Named = readonly [name: string, tensor: { readonly shape: readonly unknown[] | undefined }];

const shapesOf = (tensors: Iterable<Named>) => [...tensors].map(([name, tensor]) => [name, tensor.shape ?? null]);

const slotsOf = (module: ModuleInstance) =>
  [...(slotOf(module, '_parameters')?.entries.values() ?? [])]
    .map(([name, value]) => [name, value !== null])
    .toSorted();

function plain(value: Value | undefined): unknown {
  if (value instanceof Float) return value.value;
  if (value instanceof Tuple || value instanceof List) return value.items.map(plain);
  return value;
}

const kinds = {
  any: 'POSITIONAL_OR_KEYWORD',
  keywordOnly: 'KEYWORD_ONLY',
  variadic: 'VAR_POSITIONAL',
  keywords: 'VAR_KEYWORD',
  positionalOnly: 'POSITIONAL_ONLY',
} as const;

/** As of torch 1.13: what was added later is left out. */
function signatureIn(text: string, added: Readonly<Record<string, string>> = {}): readonly string[] {
  if (text === '') return [];
  return signatureOf(text)
    .parameters.filter(it => added[it.name] === undefined)
    .map(
      it => `${it.name} ${kinds[it.passing]}${it.default === undefined ? '' : ` ${JSON.stringify(plain(it.default))}`}`,
    );
}

function described({ name, kind, default: given }: Argument): string {
  if (given === undefined) return `${name} ${kind}`;
  return `${name} ${kind} ${JSON.stringify(given.repr === undefined ? given.value : null)}`;
}

const forwardIn = (text = 'input') =>
  signatureOf(text)
    .parameters.map(it => it.name)
    .filter(it => !it.includes('is_causal'));
