/** Gains against published and closed-form values, derivatives against finite differences. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  backwardGainOf,
  calculateGain,
  gainOf,
  moments,
  nonlinearities,
  nonlinearityOf,
} from '../../core/nonlinearities.js';
import { flatShare } from '../../core/saturation.js';

/** Forward gain, backward gain, what torch's calculate_gain answers. */
const GAINS: readonly (readonly [string, number | undefined, number, number, number?])[] = [
  ['linear', undefined, 1, 1, 1],
  ['relu', undefined, Math.SQRT2, Math.SQRT2, Math.SQRT2],
  ['leaky_relu', undefined, 1.4141, 1.4141, 1.4141],
  ['leaky_relu', 0.2, 1.3868, 1.3868, 1.3868],
  ['tanh', undefined, 1.5925, 1.4674, 5 / 3],
  ['sigmoid', undefined, 1.8462, 4.7226, 1],
  ['selu', undefined, 1.0, 0.966, 0.75],
  ['gelu', undefined, 1.5335, 1.4811],
  ['silu', undefined, 1.6765, 1.6233],
  ['elu', undefined, 1.2452, 1.2234],
  ['celu', undefined, 1.2452, 1.2234],
  ['mish', undefined, 1.4868, 1.4448],
  ['hardswish', undefined, 1.7367, 1.6701],
  ['softplus', undefined, 1.0419, 1.8462],
  ['softsign', undefined, 2.3375, 2.0958],
  ['hardtanh', undefined, 1.392, 1.2103],
  ['relu6', undefined, Math.SQRT2, Math.SQRT2],
  ['hardsigmoid', undefined, 1.8978, 6.0081],
  ['relu_squared', undefined, 0.8165, Math.SQRT1_2],
];

for (const [name, parameter, forward, backward, torch] of GAINS) {
  test(`${name}(${parameter ?? ''}) asks for ${forward} forward, ${backward} backward`, () => {
    assertNear(gainOf(name, parameter), forward, 6e-5);
    assertNear(backwardGainOf(name, parameter), backward, 6e-5);
    const answer = calculateGain(name, parameter);
    if (torch === undefined) assert.equal(answer, undefined);
    else assertNear(answer, torch, 6e-5);
  });
}

test('what lies where a sigmoid or tanh is flat is what has a twentieth of its greatest slope or less', () => {
  for (const name of ['sigmoid', 'tanh']) {
    const { slope } = nonlinearityOf(name)!;
    for (const std of [0.5, 2, 28]) {
      let flat = 0;
      const step = std / 20_000;
      for (let z = step / 2; z < 8 * std; z += step) {
        if (slope(z) <= slope(0) / 20) flat += 2 * step * Math.exp(-((z / std) ** 2) / 2);
      }
      assertNear(flatShare(name, std), flat / (std * Math.sqrt(2 * Math.PI)), 1e-4);
    }
  }
  assert.equal(flatShare('relu', 28), undefined);
});

test('every derivative is that of its function', () => {
  // Values rounded to float32 need a step that they can follow.
  const rounded = ['selu', 'elu', 'celu'];
  for (const [name, row] of Object.entries(nonlinearities)) {
    const [step, tolerance] = rounded.includes(name) ? [1e-2, 1e-4] : [1e-6, 1e-7];
    const p = row.parameter ?? 0;
    const kinks = row.kinks?.(p) ?? [];
    for (let x = -8.03; x < 8; x += 0.17) {
      if (kinks.some(kink => Math.abs(kink - x) < 2 * Math.max(step, 1e-3))) continue;
      const difference = (row.value(x + step, p) - row.value(x - step, p)) / (2 * step);
      assertNear(row.slope(x, p), difference, tolerance * (1 + Math.abs(difference)), `${name} at ${x}`);
    }
  }
});

test('moments of a ReLU are those of half a normal, at every scale', () => {
  for (const variance of [1e-30, 1e-4, 1, 7, 1e8]) {
    const found = moments('relu', variance)!;
    assertNear(found.mean / Math.sqrt(variance / (2 * Math.PI)), 1, 1e-12);
    assertNear(found.meanSquare / (variance / 2), 1, 1e-12);
    assertNear(found.meanFourth / ((3 * variance * variance) / 2), 1, 1e-12);
    assertNear(found.slopeMeanSquare, 0.5, 1e-12);
  }
});

test('moments of sine are those of its characteristic function', () => {
  const found = moments('sin', 1.7)!;
  assertNear(found.meanSquare, (1 - Math.exp(-2 * 1.7)) / 2, 1e-12);
  assertNear(found.slopeMeanSquare, (1 + Math.exp(-2 * 1.7)) / 2, 1e-12);
});

test('a name without a row, and what torch rejects, has no gain', () => {
  assert.equal(gainOf('softmax'), undefined);
  assert.equal(gainOf('toString'), undefined);
  assert.equal(calculateGain('gelu'), undefined);
  assert.equal(calculateGain('ReLU'), undefined);
  assert.equal(calculateGain('conv_transpose3d'), 1);
  assert.equal(calculateGain('leaky_relu', Math.sqrt(5)), Math.sqrt(1 / 3));
});

function assertNear(actual: number | undefined, expected: number, tolerance: number, message?: string) {
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= tolerance,
    `${message ?? ''} ${actual} ≉ ${expected}`,
  );
}
