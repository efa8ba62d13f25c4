/** Sine and cosine in pairs of doubles are what integers of 256 bits give. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, ONE, pi, sinSeries, toNumber } from '../../server/interpreter/elementary/fixed-point.js';
import { quickCos, quickSin } from '../../server/interpreter/elementary/trigonometry.js';

/** Of all sizes, and near multiples of π/2. */
function* samples(): Generator<number> {
  let state = 1;
  for (let i = 0; i < 3000; i++) {
    state = (state * 48271) % 2147483647;
    yield (state / 2147483647 - 0.5) * 10 ** ((i % 11) - 5);
  }
  for (let k = 1; k < 2000; k += 37) for (const off of [-1e-3, -1e-7, 0, 1e-7]) yield (k * Math.PI) / 2 + off;
}

/** The sine, a number of quarter turns further. */
function exactly(x: number, further: number): number {
  const half = pi() / 2n;
  const turns = BigInt(Math.round(x / (Math.PI / 2)));
  const rest = fixed(x) - turns * half;
  const quadrant = Number((((turns + BigInt(further)) % 4n) + 4n) % 4n);
  const value = quadrant % 2 === 0 ? sinSeries(rest, rest, 1n) : sinSeries(rest, ONE, 0n);
  return toNumber(quadrant < 2 ? value : -value);
}

test('the quick sine and cosine are rounded correctly wherever they answer', () => {
  let unsettled = 0;
  let count = 0;
  for (const x of samples()) {
    for (const [further, value] of [quickSin(x), quickCos(x)].entries()) {
      count++;
      if (value === undefined) unsettled++;
      else assert.equal(value, exactly(x, further), `${further === 0 ? 'sin' : 'cos'}(${x})`);
    }
  }
  assert.ok(unsettled < count / 10, `${unsettled} of ${count} are left to integers`);
});
