/** Closed forms of initial distributions against known values and against each other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boundOf,
  clamped,
  describeSpec,
  fansOf,
  gainOf,
  type InitSpec,
  meanOf,
  scaled,
  shifted,
  stdOf,
} from '../../core/initializer.js';
import { format, multiply, symbol } from '../../core/size.js';
import { truncatedNormalMoments } from '../../core/truncated-normal.js';

const fans = { fanIn: 784, fanOut: 256 };
const kaiming: InitSpec = {
  kind: 'variance_scaling',
  gain: Math.SQRT2,
  mode: 'fan_in',
  distribution: 'uniform',
  name: 'kaiming',
};

test('fans follow the rank rule', () => {
  assert.deepEqual(fansOf([64, 3, 7, 7]), { fanIn: 147, fanOut: 3136 });
  assert.deepEqual(fansOf([10, 20]), { fanIn: 20, fanOut: 10 });
  assert.equal(fansOf([10]), undefined);
  const symbolic = fansOf([multiply(4, symbol('dim')), symbol('dim')]);
  assert.equal(format(symbolic!.fanOut), '4·dim');
});

test('std, bound and gain of the schemes', () => {
  assertNear(stdOf(kaiming, fans), Math.sqrt(2 / 784));
  assertNear(boundOf(kaiming, fans), Math.sqrt(6 / 784));
  assertNear(gainOf(kaiming, fans), Math.SQRT2);
  const xavier: InitSpec = { ...kaiming, gain: 1, mode: 'fan_avg', distribution: 'normal', name: 'xavier' };
  assertNear(stdOf(xavier, fans), Math.sqrt(2 / (784 + 256)));
  assert.equal(boundOf(xavier, fans), Infinity);
  const cut: InitSpec = { ...kaiming, distribution: 'truncated_normal' };
  assertNear(stdOf(cut, fans), stdOf(kaiming, fans)!);
});

test("torch's default for Linear has gain 1/√3", () => {
  const bound = 1 / Math.sqrt(784);
  assertNear(gainOf({ kind: 'uniform', low: -bound, high: bound }, fans), 1 / Math.sqrt(3));
  assertNear(gainOf({ ...kaiming, gain: Math.sqrt(2 / 6) }, fans), 1 / Math.sqrt(3));
});

test('truncation at two standard deviations leaves 0.8796 of the std', () => {
  assertNear(
    stdOf({ kind: 'truncated_normal', mean: 0, std: 0.02, low: -0.04, high: 0.04 }),
    0.02 * 0.8796256610342398,
  );
  assertNear(stdOf({ kind: 'truncated_normal', mean: 0, std: 0.02, low: -2, high: 2 }), 0.02);
  const half = truncatedNormalMoments(0, 1, 0, Infinity);
  assertNear(half.mean, Math.sqrt(2 / Math.PI));
  assertNear(half.std, Math.sqrt(1 - 2 / Math.PI));
});

test('structured weights know their std from the shape', () => {
  assertNear(stdOf({ kind: 'orthogonal', gain: 2 }, fans, [64, 3, 3, 3]), 2 / 8);
  assertNear(stdOf({ kind: 'identity', gain: 1 }, undefined, [4, 4]), Math.sqrt(3 / 16));
  assertNear(meanOf({ kind: 'identity', gain: 3 }, [4, 8]), 3 / 8);
  assertNear(meanOf({ kind: 'dirac', groups: 2 }, [8, 2, 3]), 4 / 48);
  assertNear(stdOf({ kind: 'sparse', sparsity: 0.1, std: 1 }, undefined, [15, 4]), Math.sqrt(1 - 2 / 15));
});

test('what is not known stays unknown', () => {
  const dim = symbol('dim');
  assert.equal(stdOf(kaiming), undefined);
  assert.equal(stdOf(kaiming, { fanIn: dim, fanOut: dim }), undefined);
  assert.equal(stdOf({ kind: 'uniform', low: 0 }), undefined);
  assert.equal(meanOf({ kind: 'normal', std: 1 }), undefined);
  assert.equal(gainOf({ kind: 'unknown', reason: 'test' }, fans), undefined);
  assert.equal(stdOf({ kind: 'constant' }), undefined);
});

test('arithmetic on a draw moves its numbers', () => {
  assert.deepEqual(scaled({ kind: 'uniform', low: -1, high: 3 }, -2), { kind: 'uniform', low: -6, high: 2 });
  assert.deepEqual(scaled({ kind: 'normal', mean: 1, std: 2 }, -0.5), { kind: 'normal', mean: -0.5, std: 1 });
  assertNear(stdOf(scaled(kaiming, 0.1), fans), 0.1 * Math.sqrt(2 / 784));
  assert.deepEqual(shifted({ kind: 'uniform', low: 0, high: 1 }, -0.5), { kind: 'uniform', low: -0.5, high: 0.5 });
  assert.equal(stdOf(scaled(kaiming, undefined), fans), undefined);
  assert.equal(scaled({ kind: 'dirac', groups: 1 }, 2).kind, 'unknown');
  const normal: InitSpec = { kind: 'normal', mean: 0, std: 0.02 };
  assert.equal(clamped(normal, -2, 2), normal);
  assert.equal(clamped(normal, -0.02, 0.02).kind, 'unknown');
});

test('descriptions read as formulas', () => {
  assert.equal(describeSpec({ kind: 'uniform', low: -0.035714, high: 0.035714 }), 'U(−0.0357, 0.0357)');
  assert.equal(describeSpec({ kind: 'normal', mean: 0, std: 0.01 }), 'N(0, 0.01²)');
  assert.equal(describeSpec({ kind: 'normal', std: 1e-5 }), 'N(?, 1e−5²)');
  assert.equal(describeSpec(kaiming), 'Kaiming uniform, gain 1.41 by fan_in');
  assert.equal(describeSpec(kaiming, fans), 'U(−0.0875, 0.0875)');
  assert.equal(describeSpec({ kind: 'constant', value: -2 }), '−2');
});

function assertNear(actual: number | undefined, expected: number) {
  assert.ok(actual !== undefined && Math.abs(actual / expected - 1) < 1e-12, `${actual} ≉ ${expected}`);
}
