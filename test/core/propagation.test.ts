/** Signal propagation: theory against networks measured by test/oracle/propagation.py, and against closed forms. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  insideShare,
  type LinearOperation,
  type NodeSignal,
  propagate,
  type SignalNode,
  type SignalOperation,
} from '../../core/propagation/index.js';

interface Measured {
  readonly rms: number;
  readonly std: number;
  readonly spread: number;
  readonly gradient: number;
  readonly correlation: number;
}

interface MeasuredMlp {
  readonly name: string;
  readonly nonlinearity: string;
  readonly gain: number;
  readonly biasStd: number;
  readonly layers: readonly Measured[];
}

const golden = JSON.parse(readFileSync(new URL('../oracle/golden/propagation.json', import.meta.url), 'utf8'));
const width: number = golden.width;

for (const mlp of golden.mlps as MeasuredMlp[]) {
  test(`20 layers, ${mlp.name}: scale, gradient and band`, () => {
    const activations = activationsOf(mlp, 20);
    mlp.layers.forEach((measured, layer) => {
      const { forward, gradient } = activations[layer]!;
      // Above a band of 0.3 only the order of magnitude is claimed.
      const tolerance = forward!.band > 0.3 ? Math.LN10 / 2 : 0.01 + 1.1 * forward!.band;
      assertRatio(Math.sqrt(forward!.meanSquare), measured.rms, tolerance, `rms after layer ${layer + 1}`);
      const isWithinReach = activations.at(-1)!.forward!.band < 0.3;
      if (isWithinReach) assertRatio(Math.sqrt(gradient!), measured.gradient, 0.1, `gradient at layer ${layer + 1}`);
    });
    const last = activations.at(-1)!.forward!;
    assert.ok(Math.abs(last.band - mlp.layers.at(-1)!.spread) < 0.01 + 0.5 * last.band, 'band');
    const isNearlyLinear = mlp.nonlinearity === 'gelu' || mlp.nonlinearity === 'silu';
    if (!isNearlyLinear) assert.ok(Math.abs(last.correlation - mlp.layers.at(-1)!.correlation) < 0.03, 'correlation');
  });
}

for (const [name, isPre] of [
  ['pre-norm, std 0.02', true],
  ['post-norm, std 0.02', false],
] as const) {
  test(`a residual stack, ${name}`, () => {
    const net = new Network(256);
    const blocks = Array.from({ length: 12 }, () => transformerBlock(net, isPre));
    compare(net, blocks, golden.others[name], { rms: 0.01, std: 0.01, gradient: 0.01 });
  });
}

for (const [name, scale] of [
  ['resnet', 1],
  ['resnet, zero scale', 0],
] as const) {
  test(`${name} with batch norm`, () => {
    const net = new Network(64);
    const blocks = Array.from({ length: 8 }, () => basicBlock(net, scale));
    compare(net, blocks, golden.others[name], { rms: 0.01, std: 0.01, gradient: 0.1 });
  });
}

test('a VGG with zero padding and max pools', () => {
  const net = new Network(3);
  const taps = vgg(net);
  compare(net, taps, golden.others.vgg, { rms: 0.05, std: 0.05, gradient: 0.06 });
});

test('ReLU chains in closed form', () => {
  const net = new Network(512);
  for (let layer = 0; layer < 10; layer++) {
    net.push(dense(512, 512, 1 / Math.sqrt(512)));
    net.push({ kind: 'nonlinearity', name: 'relu' });
  }
  const nodes = net.signals();
  assertRatio(nodes.at(-1)!.forward!.meanSquare, 2 ** -10, 1e-9);
  assertRatio(nodes[0]!.gradient!, 2 ** -10, 1e-9);
});

test('what was found before an edit is found again, and nothing else', () => {
  const figures = (std: number, scale: number) => {
    const net = new Network(64);
    net.push(dense(64, 64, std));
    net.push({ kind: 'nonlinearity', name: 'relu' });
    basicBlock(net, scale);
    return net.signals();
  };
  const before = figures(0.1, 1);
  assert.deepEqual(figures(0.1, 1), before);
  const [earlier, later] = [figures(0.2, 1), figures(0.1, 0.5)];
  assert.notDeepEqual(earlier, before);
  assert.deepEqual(later[2]!.forward, before[2]!.forward);
  assert.notDeepEqual(later.at(-1)!.forward, before.at(-1)!.forward);
  assert.notEqual(later[0]!.gradient, before[0]!.gradient);
  assert.deepEqual(figures(0.1, 1), before);
});

test('unknown is silence, until a norm', () => {
  const net = new Network(10);
  const before = net.last;
  const unknown = net.push({ kind: 'linear', fanIn: 10, fanOut: 10, units: 10 });
  const norm = net.push({ kind: 'norm', over: 'features' });
  const end = net.push(dense(10, 10, 0.5));
  const nodes = net.signals();
  assert.equal(nodes[unknown]!.forward, undefined);
  assert.equal(nodes[norm]!.forward!.meanSquare, 1);
  assertRatio(nodes[end]!.forward!.meanSquare, 2.5, 1e-12);
  assert.equal(nodes[before]!.gradient, undefined);
  assertRatio(nodes[norm]!.gradient!, 2.5, 1e-12);
});

test('a signal that dies or explodes stays a number or becomes unknown', () => {
  for (const weightStd of [1e-4, 100]) {
    const net = new Network(64);
    for (let layer = 0; layer < 300; layer++) {
      net.push(dense(64, 64, weightStd));
      net.push({ kind: 'nonlinearity', name: 'relu' });
    }
    for (const { forward } of net.signals()) {
      const numbers = Object.values(forward ?? {}).filter(value => typeof value === 'number');
      assert.ok(numbers.every(Number.isFinite), JSON.stringify(forward));
    }
    const last = net.signals().at(-1)!.forward?.meanSquare;
    assert.equal(last, weightStd < 1 ? 0 : undefined);
  }
});

test('all-positive weights carry the mean', () => {
  const net = new Network(100);
  const h = net.push({ ...dense(100, 100, Math.sqrt(1 / 12)), weightMean: 0.5 });
  const relu = net.push({ kind: 'nonlinearity', name: 'relu' });
  const next = net.push({ ...dense(100, 100, Math.sqrt(1 / 12)), weightMean: 0.5 });
  const nodes = net.signals();
  assertRatio(nodes[h]!.forward!.meanSquare, 100 * (1 / 3), 1e-9);
  assertRatio(nodes[next]!.forward!.mean, 50 * nodes[relu]!.forward!.mean, 1e-9);
});

test('padding, pools, concatenation, dropout and scaling in numbers', () => {
  assertRatio(insideShare(32, 3, 1), (3 * 32 - 2) / (3 * 32), 1e-12);
  assert.equal(insideShare(32, 3, 0), 1);
  const net = new Network(8);
  const input = net.last;
  const pooled = net.push({ kind: 'pool', over: 'average', count: 4 });
  const halved = net.push({ kind: 'scale', factor: 0.5 });
  const dropped = net.push({ kind: 'dropout', probability: 0.5 });
  const joined = net.push({ kind: 'concatenate' }, input, dropped);
  const nodes = net.signals();
  assertRatio(nodes[pooled]!.forward!.meanSquare, 1 / 4, 1e-12);
  assertRatio(nodes[halved]!.forward!.meanSquare, 1 / 16, 1e-12);
  assertRatio(nodes[dropped]!.forward!.meanSquare, 1 / 8, 1e-12);
  assertRatio(nodes[joined]!.forward!.meanSquare, (1 + 1 / 8) / 2, 1e-12);
  assertRatio(nodes[input]!.gradient!, 1 + (2 / 4) * (1 / 16), 1e-12);
});

test('attention: equal weights for small scores, sharper for large ones', () => {
  for (const [std, count] of [
    [0, 64],
    [1, 64 / Math.E],
  ] as const) {
    const net = new Network(8);
    const value = net.last;
    const query = net.push(dense(8, 8, std / Math.sqrt(8)), value);
    const key = net.push(dense(8, 8, std / Math.sqrt(8)), value);
    const met = net.push({ kind: 'attention', count: 64 }, value, query, key);
    assertRatio(net.signals()[met]!.forward!.meanSquare, 1 / count, 1e-12);
  }
});

test('a norm of a signal that is small against its eps lets it stay small', () => {
  const net = new Network(8);
  net.push({ kind: 'scale', factor: 1e-3 });
  const norm = net.push({ kind: 'norm', over: 'features', eps: 1e-5 });
  assertRatio(net.signals()[norm]!.forward!.meanSquare, 1e-6 / (1e-6 + 1e-5), 1e-12);
});

test('gradients come in at the outputs alone, and through the part of a tensor that is used', () => {
  const net = new Network(8);
  const aside = net.push(dense(8, 8, 1), 0);
  const cut = net.push({ kind: 'identity', reach: 1 / 4 }, 0);
  const nodes = net.signals([cut]);
  assert.equal(nodes[0]!.gradient, 1 / 4);
  assert.equal(nodes[aside]!.gradient, undefined);
});

/** A graph under construction; an operation without inputs named takes the last node. */
class Network {
  readonly #nodes: SignalNode[] = [];

  constructor(units: number) {
    this.#nodes.push({ operation: { kind: 'input', units }, inputs: [] });
  }

  get last(): number {
    return this.#nodes.length - 1;
  }

  push(operation: SignalOperation, ...inputs: readonly number[]): number {
    this.#nodes.push({ operation, inputs: inputs.length === 0 ? [this.last] : inputs });
    return this.last;
  }

  signals(outputs?: readonly number[]): readonly NodeSignal[] {
    return propagate({ nodes: this.#nodes, ...(outputs && { outputs }) }).nodes;
  }
}

function activationsOf({ gain, biasStd, nonlinearity }: MeasuredMlp, depth: number): readonly NodeSignal[] {
  const net = new Network(width);
  const activations: number[] = [];
  for (let layer = 0; layer < depth; layer++) {
    net.push({ ...dense(width, width, gain / Math.sqrt(width)), biasStd });
    activations.push(net.push({ kind: 'nonlinearity', name: nonlinearity }));
  }
  const signals = net.signals();
  return activations.map(index => signals[index]!);
}

function dense(fanIn: number, units: number, weightStd: number): LinearOperation {
  return { kind: 'linear', fanIn, fanOut: units, units, weightStd };
}

function transformerBlock(net: Network, isPre: boolean): number {
  const input = net.last;
  if (isPre) net.push({ kind: 'norm', over: 'features' });
  net.push(dense(256, 1024, 0.02));
  net.push({ kind: 'nonlinearity', name: 'gelu' });
  const branch = net.push(dense(1024, 256, 0.02));
  const sum = net.push({ kind: 'add' }, input, branch);
  return isPre ? sum : net.push({ kind: 'norm', over: 'features' });
}

function basicBlock(net: Network, scale: number): number {
  const input = net.last;
  const convolution = convolve(64, 64, 16);
  net.push(convolution);
  net.push({ kind: 'norm', over: 'batch' });
  net.push({ kind: 'nonlinearity', name: 'relu' });
  net.push(convolution);
  const branch = net.push({ kind: 'norm', over: 'batch', scale });
  net.push({ kind: 'add' }, input, branch);
  return net.push({ kind: 'nonlinearity', name: 'relu' });
}

/** 3×3, Kaiming by fan_in, zero padding of 1 around `size` × `size`. */
function convolve(inputs: number, outputs: number, size: number): LinearOperation {
  const fanIn = 9 * inputs;
  const inside = insideShare(size, 3, 1) ** 2;
  return { kind: 'linear', fanIn, fanOut: 9 * outputs, units: outputs, weightStd: Math.sqrt(2 / fanIn), inside };
}

function vgg(net: Network): readonly number[] {
  const taps: number[] = [];
  let channels = 3;
  let size = 32;
  for (const outputs of [64, 64, 'pool', 128, 128, 'pool', 256, 256] as const) {
    if (outputs === 'pool') {
      taps.push(net.push({ kind: 'pool', over: 'max', count: 4 }));
      size /= 2;
      continue;
    }
    net.push(convolve(channels, outputs, size));
    taps.push(net.push({ kind: 'nonlinearity', name: 'relu' }));
    channels = outputs;
  }
  return taps;
}

function compare(
  net: Network,
  taps: readonly number[],
  measured: readonly Measured[],
  tolerance: { readonly rms: number; readonly std: number; readonly gradient: number },
): void {
  const signals = net.signals();
  taps.forEach((tap, i) => {
    const { forward, gradient } = signals[tap]!;
    assertRatio(Math.sqrt(forward!.meanSquare), measured[i]!.rms, tolerance.rms, `rms at ${i}`);
    assertRatio(Math.sqrt(forward!.variance), measured[i]!.std, tolerance.std, `std at ${i}`);
    assertRatio(Math.sqrt(gradient!), measured[i]!.gradient, tolerance.gradient, `gradient at ${i}`);
  });
}

function assertRatio(actual: number, expected: number, tolerance: number, message = 'value'): void {
  assert.ok(Math.abs(Math.log(actual / expected)) <= tolerance, `${message}: ${actual} ≉ ${expected}`);
}
