/** One suite for every backend: what it draws, what it says of it, and how far the generator moves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Backend,
  type InitSpec,
  Mt19937,
  meanOf,
  processorBackend,
  stdOf,
  summarizeValues,
  type WeightRequest,
} from '../../core/index.js';
import { samplers } from './samplers.js';

const backends: readonly (readonly [name: string, Backend])[] = samplers.map(([name, it]) => [
  name,
  processorBackend(it),
]);

const fans = { fanIn: 27, fanOut: 576 };
const specs: readonly InitSpec[] = [
  { kind: 'constant', value: 0.5 },
  { kind: 'uniform', low: -0.1, high: 0.3 },
  { kind: 'normal', mean: 0.2, std: 0.02 },
  { kind: 'truncated_normal', mean: 0, std: 0.02, low: -0.03, high: 0.03 },
  { kind: 'variance_scaling', gain: Math.SQRT2, mode: 'fan_out', distribution: 'normal', name: 'kaiming' },
  { kind: 'variance_scaling', gain: 1, mode: 'fan_avg', distribution: 'uniform', name: 'xavier' },
  { kind: 'variance_scaling', gain: 1, mode: 'fan_in', distribution: 'truncated_normal', name: 'lecun' },
  { kind: 'orthogonal', gain: 1.3 },
  { kind: 'identity', gain: 2 },
  { kind: 'dirac', groups: 2 },
  { kind: 'sparse', sparsity: 0.3, std: 0.1 },
];

for (const [name, backend] of backends) {
  for (const spec of specs) {
    const label = `${name}: ${spec.kind}${'distribution' in spec ? ` ${spec.distribution}` : ''}`;

    test(`${label} is summarized as it is drawn`, async () => {
      const request = requestOf(spec);
      const values = (await backend.draw(request))!;
      const afterDraw = request.generator.word();
      const again = requestOf(spec);
      const summary = (await backend.summarize(again))!;
      assert.equal(again.generator.word(), afterDraw);
      const direct = summarizeValues(values, summary.histogram);
      for (const key of ['count', 'min', 'max', 'zeros'] as const) assert.equal(summary[key], direct[key], key);
      for (const key of ['mean', 'std', 'skewness', 'kurtosis'] as const) {
        assert.ok(Math.abs(summary[key] - direct[key]) <= 1e-6 * (1 + Math.abs(direct[key])), key);
      }
      assert.deepEqual(summary.histogram.counts, direct.histogram.counts);
    });

    test(`${label} has the moments that the closed form says`, async () => {
      const request = requestOf(spec);
      const summary = (await backend.summarize(request))!;
      const std = stdOf(spec, fans, request.shape)!;
      const mean = meanOf(spec, request.shape)!;
      assert.ok(Math.abs(summary.mean - mean) <= 0.03 * std, `${summary.mean} ≉ ${mean}`);
      assert.ok(Math.abs(summary.std - std) <= 0.03 * std, `${summary.std} ≉ ${std}`);
    });
  }

  test(`${name}: what has no values is undefined`, async () => {
    assert.equal(await backend.draw(requestOf({ kind: 'unknown', reason: 'test' })), undefined);
    assert.equal(await backend.summarize(requestOf({ kind: 'normal', mean: 0 })), undefined);
    assert.equal(await backend.summarize(requestOf({ kind: 'copy', of: 'other' })), undefined);
  });

  test(`${name}: blocks of a large layer give the draw, remainder included`, async () => {
    for (const shape of [[100_003], [65_536 + 7], [32_768 * 3]]) {
      const request = { ...requestOf({ kind: 'normal', mean: 0, std: 1 }), shape };
      const values = (await backend.draw(request))!;
      const summary = (await backend.summarize({ ...request, generator: new Mt19937(11) }))!;
      assert.deepEqual(summary.histogram.counts, summarizeValues(values, summary.histogram).histogram.counts);
    }
  });

  test(`${name}: an orthogonal matrix is orthogonal`, async () => {
    const values = (await backend.draw({ ...requestOf({ kind: 'orthogonal', gain: 2 }), shape: [6, 40] }))!;
    for (let a = 0; a < 6; a++) {
      for (let b = 0; b < 6; b++) {
        const row = [...values.subarray(40 * a, 40 * a + 40)];
        const dot = row.reduce((sum, x, i) => sum + x * values[40 * b + i]!, 0);
        assert.ok(Math.abs(dot - (a === b ? 4 : 0)) < 1e-5, `${a}·${b} = ${dot}`);
      }
    }
  });

  test(`${name}: a QR that would take too long is stood in for, and says so`, async () => {
    const summary = (await backend.summarize({ ...requestOf({ kind: 'orthogonal', gain: 1 }), shape: [2048, 2048] }))!;
    assert.equal(summary.sampled, 'cost');
    assert.equal(summary.isExact, false);
    assert.ok(Math.abs(summary.std * Math.sqrt(2048) - 1) < 0.01);
  });
}

function requestOf(spec: InitSpec): WeightRequest {
  const shape = spec.kind === 'identity' || spec.kind === 'sparse' ? [60, 200] : [64, 27, 3, 3];
  const ownFans = spec.kind === 'variance_scaling' ? { fans } : {};
  return { spec, shape, dtype: 'float32', build: 'plain', generator: new Mt19937(11), ...ownFans };
}
