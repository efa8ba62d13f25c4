/** The inverse error function in its variants, against each other and against erf. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { erf } from '../../core/erf.js';
import { erfinv32, erfinv64 } from '../../core/random/erfinv.js';
import { samplers } from './samplers.js';

const arguments32 = Array.from({ length: 4000 }, (_, i) => Math.fround((i + 0.5) / 2000 - 1));

test('erf undoes erfinv in float64', () => {
  for (const y of arguments32) assert.ok(Math.abs(erf(erfinv64(y)) - y) <= 1e-15, `${y}`);
  assert.equal(erfinv64(1), Infinity);
  assert.ok(Number.isNaN(erfinv64(1.5)));
});

test('the variant of MKL builds is correctly rounded', () => {
  const tail = Array.from({ length: 100 }, (_, k) => 1 - (k + 1) * 2 ** -24);
  for (const y of [...arguments32, ...tail]) assert.equal(erfinv32(y, 'mkl'), Math.fround(erfinv64(y)), `${y}`);
});

test('the variant of other builds is within some ulp of it', () => {
  for (const y of arguments32) {
    const ratio = erfinv32(y, 'plain') / erfinv32(y, 'mkl');
    assert.ok(Math.abs(ratio - 1) < 8 * 2 ** -23, `${y}: ${ratio}`);
  }
});

for (const [name, sampler] of samplers) {
  test(`${name}: many at once are what each is alone, in and out of range`, () => {
    const odd = [0, -0, 1, -1, 0.7, -0.7, 1 - 2 ** -24, 2 ** -149, 1.5, -2, Number.NaN];
    const values = Float32Array.from({ length: 70_003 }, (_, i) => odd[i] ?? Math.sin(i));
    const expected = values.map(it => erfinv32(it, 'plain'));
    sampler.erfinv(values);
    assert.deepEqual([...values], [...expected]);
  });
}
