/** Layers of torch.nn as sequences of draws: one generator gives all parameters, to the bit. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fansOf, resolved } from '../../core/initializer.js';
import { type DrawRequest, draw, Mt19937, type Values } from '../../core/random/index.js';
import { randomIntegers } from '../../core/random/permutation.js';

interface Recorded {
  readonly name: string;
  readonly seed: number;
  readonly after: number;
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[]; readonly sha256: string }[];
}

const golden = JSON.parse(readFileSync(new URL('../oracle/golden/draws.json', import.meta.url), 'utf8'));

for (const layer of golden.modules as Recorded[]) {
  test(layer.name, () => {
    const generator = new Mt19937(layer.seed);
    for (const { name, shape, sha256 } of layer.parameters) {
      const values = draw(generator, defaultOf(layer, name, shape)) as Values;
      const hash = createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex');
      assert.equal(hash, sha256, name);
    }
    assert.equal(randomIntegers(generator, 1, 0, 2 ** 32 - 1)[0], layer.after);
  });
}

function defaultOf(layer: Recorded, name: string, shape: readonly number[]): DrawRequest {
  const count = shape.reduce((a, b) => a * b);
  const weight = layer.parameters[0]!.shape;
  if (layer.name.startsWith('Embedding')) return { kind: 'normal', mean: 0, std: 1, count };
  if (/LSTM|GRU/.test(layer.name)) return within(1 / Math.sqrt(shape[0]! / gatesOf(layer.name)), count);
  if (layer.name.startsWith('Bilinear')) return within(1 / Math.sqrt(weight[1]!), count);
  const fans = fansOf(weight)!;
  if (name === 'bias') return within(1 / Math.sqrt(fans.fanIn as number), count);
  const gain = Math.sqrt(2 / (1 + Math.sqrt(5) ** 2));
  const spec = resolved({ kind: 'variance_scaling', gain, mode: 'fan_in', distribution: 'uniform' }, fans);
  assert.ok(spec.kind === 'uniform');
  return within(spec.high!, count);
}

function gatesOf(name: string): number {
  return name.startsWith('LSTM') ? 4 : 3;
}

function within(bound: number, count: number): DrawRequest {
  return { kind: 'uniform', low: -bound, high: bound, count };
}
