/** Fused multiply-add against exact rational arithmetic, where roundings are random and where they tie. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fma32, fma64 } from '../../core/random/fma.js';
import { Mt19937 } from '../../core/random/index.js';

const generator = new Mt19937(2024);

test('float32: random arguments of all sizes', () => {
  for (let i = 0; i < 20_000; i++) assertFused32(random32(), random32(), random32());
});

test('float32: half-way but for a part that float64 loses', () => {
  for (let i = 0; i < 20_000; i++) {
    // (1 + j/2¹²)(1 + k/2¹²) with j and k odd ends at 2⁻²⁴, half of float32's spacing.
    const a = 1 + (2 * (generator.word() % 512) + 1) * 2 ** -12;
    const b = 1 + (2 * (generator.word() % 512) + 1) * 2 ** -12;
    const far = (generator.word() % 2 ? 1 : -1) * 2 ** -(40 + (generator.word() % 50));
    const sign = generator.word() % 2 ? 1 : -1;
    assertFused32(sign * a, b, far);
    assertFused32(sign * a, b, 0);
    assertFused32(sign * a, b * 2 ** -100, far * 2 ** -100);
  }
});

test('float32: subnormal results', () => {
  for (let i = 0; i < 5000; i++) {
    const tiny = (generator.word() % 4096) * 2 ** -149;
    assertFused32(Math.fround(random32() * 2 ** -100), Math.fround(2 ** -45), tiny);
  }
});

test('float64: random arguments and cancellation', () => {
  for (let i = 0; i < 5000; i++) {
    const a = generator.fraction53() * 2 ** ((generator.word() % 40) - 20);
    const b = generator.fraction53() - 0.5;
    for (const c of [-a * b, generator.fraction53(), a, generator.fraction53() * 2 ** -70]) {
      assert.equal(fma64(a, b, c), nearest(exactly(a, b, c), 53), `${a}·${b} + ${c}`);
    }
  }
});

function assertFused32(a: number, b: number, c: number): void {
  assert.equal(fma32(a, b, c), nearest(exactly(a, b, c), 24), `${a}·${b} + ${c}`);
}

function random32(): number {
  const scale = 2 ** ((generator.word() % 60) - 30);
  return Math.fround((generator.fraction53() - 0.5) * scale);
}

/** In units of 2⁻²¹⁴⁸. */
function exactly(a: number, b: number, c: number): bigint {
  return integer(a) * integer(b) + (integer(c) << 1074n);
}

/** In units of 2⁻¹⁰⁷⁴, of which every double is a multiple. */
function integer(x: number): bigint {
  let scale = 0;
  let scaled = x;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    scale++;
  }
  return BigInt(scaled) << BigInt(1074 - scale);
}

/** To so many bits, ties to even; float32's smallest spacing is kept. */
function nearest(value: bigint, digits: number): number {
  const size = value < 0n ? -value : value;
  const smallest = digits === 24 ? 2148 - 149 : 0;
  const drop = BigInt(Math.max(smallest, size.toString(2).length - digits));
  const half = drop === 0n ? 0n : 1n << (drop - 1n);
  const low = size & ((1n << drop) - 1n);
  let kept = size >> drop;
  if (low > half || (low === half && half > 0n && (kept & 1n) === 1n)) kept += 1n;
  const rounded = timesPowerOfTwo(Number(kept), Number(drop) - 2148);
  return value < 0n ? -rounded : rounded;
}

function timesPowerOfTwo(x: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return x * 2 ** half * 2 ** (exponent - half);
}
