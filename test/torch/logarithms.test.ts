/** A logarithm is called torch's own only where torch cannot have rounded it otherwise. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { isSureLogarithm } from '../../server/frameworks/torch/operations/approximate.js';

const script = new URL('../oracle/logarithms.py', import.meta.url).pathname;

test('values that are far from half-way are sure, others are not', () => {
  assert.equal(isSureLogarithm(10), true);
  assert.equal(isSureLogarithm(1), true);
  const sure = Array.from({ length: 1000 }, (_, i) => isSureLogarithm(2 + i / 1000)).filter(it => it).length;
  assert.ok(sure > 500 && sure < 700, `${sure} of 1000 where about 600 are expected`);
  for (const x of [0, -1, Number.NaN, 2 ** 25, 2 ** -25]) assert.equal(isSureLogarithm(x), false, `${x}`);
});

test('torch rounds otherwise only near half-way', t => {
  const { status, stdout } = spawnSync('/usr/bin/python3', [script, '-1', '1'], { encoding: 'utf8' });
  if (status !== 0) return t.skip('python3 has no torch');
  const worst = Number(stdout);
  assert.ok(worst > 0 && worst < 0.2, `differs ${worst} ulp from half-way`);
});
