/** Streamed statistics against two-pass sums, and where naive sums fail. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draw, Mt19937 } from '../../core/random/index.js';
import { Statistics, summarizeValues } from '../../core/statistics.js';

const values = draw(new Mt19937(3), { kind: 'exponential', rate: 2, count: 50_001 }) as Float32Array;

test('one pass in blocks gives what two passes give', () => {
  const streamed = new Statistics(0, 4, 64);
  for (let start = 0; start < values.length; start += 777) streamed.add(values.subarray(start, start + 777));
  const found = streamed.summary();
  const mean = sumOf(x => x) / values.length;
  const central = (power: number) => sumOf(x => (x - mean) ** power) / values.length;
  assertNear(found.mean, mean);
  assertNear(found.std, Math.sqrt(central(2)));
  assertNear(found.skewness, central(3) / central(2) ** 1.5);
  assertNear(found.kurtosis, central(4) / central(2) ** 2 - 3);
  assert.equal(found.count, values.length);
  assert.equal(found.min, Math.min(...values));
  assert.equal(found.max, Math.max(...values));
});

test('a large mean does not eat the variance', () => {
  const far = Float64Array.from({ length: 10_000 }, (_, i) => 1e9 + (i % 2));
  assertNear(summarizeValues(far).std, 0.5);
});

test('the histogram truncates: each value lies in its own bin', () => {
  const quarters = Float32Array.of(0, 0.2499, 0.25, 0.5, 0.75, 0.999, -3, 7);
  const { histogram, zeros } = summarizeHistogram(quarters, 0, 1, 4);
  assert.deepEqual([...histogram.counts], [3, 1, 1, 3]);
  assert.equal(zeros, 1 / 8);
});

test('values that are all alike have no shape', () => {
  const found = summarizeValues(new Float32Array(20).fill(3));
  assert.deepEqual([found.std, found.skewness, found.kurtosis], [0, 0, 0]);
  assert.equal(
    found.histogram.counts.reduce((a, b) => a + b),
    20,
  );
});

function summarizeHistogram(numbers: Float32Array, low: number, high: number, bins: number) {
  const statistics = new Statistics(low, high, bins);
  statistics.add(numbers);
  return statistics.summary();
}

function sumOf(f: (x: number) => number): number {
  return values.reduce((sum, value) => sum + f(value), 0);
}

function assertNear(actual: number, expected: number): void {
  assert.ok(Math.abs(actual / expected - 1) < 1e-10, `${actual} ≉ ${expected}`);
}
