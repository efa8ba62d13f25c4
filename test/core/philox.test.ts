/** Philox against the known answers of its authors, and torch's CUDA draws against what people published and a card gave. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CudaGenerator, cudaDeviceOf, cudaDevices } from '../../core/cuda/index.js';
import { philox, type Words } from '../../core/random/philox.js';

/** Random123 1.14, kat_vectors: philox4x32 with 10 rounds. */
const known: readonly (readonly [counter: Words, key: readonly [number, number], words: Words])[] = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

for (const [counter, key, words] of known) {
  test(`philox of ${counter[0].toString(16)}`, () => assert.deepEqual(philox(counter, key), words));
}

/** `torch.manual_seed(0); torch.randn(28, device='cuda')`, as notebooks print it. */
const published =
  '-0.9247 -0.4253 -2.6438 0.1452 -0.1209 -0.5797 -0.6229 -0.3284 -1.0745 -0.3631 -1.6711 2.2655 0.3117 -0.1842 ' +
  '1.2866 1.1820 -0.1271 1.2169 1.4353 1.0605 -0.4941 -1.4244 -0.7244 -1.2973 0.0697 -0.0074 1.8969 0.6878';

test('small draws are the same on every device, to four decimals', () => {
  for (const device of cudaDevices) {
    const values = new CudaGenerator(0, device).normal(28);
    assert.equal([...values].map(it => it.toFixed(4)).join(' '), published, device.name);
  }
});

interface Drawn {
  readonly seed: number;
  readonly count: number;
  readonly kind: 'rand' | 'randn';
  readonly places: readonly number[];
  readonly values: readonly number[];
  readonly next: readonly number[];
}

/** What torch 2.11 gave on an H100. */
const golden = JSON.parse(readFileSync(new URL('../oracle/golden/cuda.json', import.meta.url), 'utf8'));

test('draws are those of torch on the card that it names', () => {
  const device = cudaDeviceOf(golden.device)!;
  for (const { seed, count, kind, places, values, next } of golden.draws as readonly Drawn[]) {
    const generator = new CudaGenerator(seed, device);
    const draw = (size: number) => (kind === 'rand' ? generator.uniform(size) : generator.normal(size));
    const drawn = draw(count);
    const label = `${kind}(${count}) of seed ${seed}`;
    assertNear(
      places.map(it => drawn[it]!),
      values,
      label,
    );
    assertNear([...draw(5)], next, `what follows ${label}`);
  }
});

test('initializers follow one another as on the card', () => {
  const generator = new CudaGenerator(0, cudaDeviceOf(golden.device)!);
  const count = 512 * 27;
  const bound = Math.sqrt(6 / (27 + 512 * 9));
  const [kaiming, xavier, , normal] = golden.chain as readonly (readonly number[])[];
  assertNear([...generator.normal(count, 0, Math.sqrt(2 / 27)).subarray(0, 6)], kaiming!, 'kaiming_normal_');
  assertNear([...generator.uniform(count, -bound, bound).subarray(0, 6)], xavier!, 'xavier_uniform_');
  generator.skip(count);
  assertNear([...generator.normal(count, 1, 2).subarray(0, 6)], normal!, 'normal_ behind trunc_normal_');
});

test('a card is found by what torch calls it', () => {
  const found = (name: string) => cudaDeviceOf(name)?.multiprocessors;
  const names = [
    'Tesla T4',
    'Tesla V100-SXM2-16GB',
    'NVIDIA A100-SXM4-80GB',
    'NVIDIA H100 80GB HBM3',
    'NVIDIA H100 PCIe',
  ];
  assert.deepEqual(names.map(found), [40, 80, 108, 132, 114]);
  assert.equal(found('NVIDIA GeForce RTX 4070 SUPER'), undefined);
});

function assertNear(found: readonly number[], expected: readonly number[], label: string): void {
  for (const [i, value] of expected.entries())
    assert.ok(Math.abs(found[i]! - value) < 5e-5, `${label}: ${found[i]}, not ${value}`);
}

test('a draw that is passed over moves the generator as far', () => {
  const device = cudaDeviceOf('NVIDIA GeForce RTX 3090')!;
  assert.equal(device.multiprocessors, 82);
  for (const count of [1, 300, 1_000_003]) {
    const drawn = new CudaGenerator(7, device);
    const skipped = new CudaGenerator(7, device);
    drawn.uniform(count);
    skipped.skip(count);
    assert.deepEqual(drawn.normal(5), skipped.normal(5));
  }
});

test('a large draw depends on how many multiprocessors there are', () => {
  const count = 64 * 2048;
  const [few, many] = ['T4', 'H100'].map(name => new CudaGenerator(42, cudaDeviceOf(name)!).normal(count));
  const threads = 40 * 4 * 256;
  assert.deepEqual(few!.subarray(0, threads), many!.subarray(0, threads));
  assert.notEqual(few![threads], many![threads]);
});

test('draws lie where their distribution does', () => {
  const generator = new CudaGenerator(3, cudaDeviceOf('A100')!);
  const uniform = generator.uniform(100_000, -1, 3);
  assert.ok(uniform.every(it => it >= -1 && it < 3));
  assert.ok(Math.abs(uniform.reduce((a, b) => a + b) / uniform.length - 1) < 0.02);
  const normal = generator.normal(100_000, 2, 0.5);
  assert.ok(Math.abs(normal.reduce((a, b) => a + b) / normal.length - 2) < 0.01);
});
