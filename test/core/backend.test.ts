/** One suite for every backend: what it draws, what it says of it, and how far the generator moves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Backend,
  draw,
  type InitSpec,
  Mt19937,
  meanOf,
  processorBackend,
  scalarSampler,
  stdOf,
  summarizeValues,
  type WeightRequest,
} from '../../core/index.js';
import type { Dtype, Values } from '../../core/random/index.js';
import { spectrumOf } from '../../core/spectrum.js';
import { samplers } from './samplers.js';

const backends: readonly (readonly [name: string, Backend])[] = samplers.map(([name, it]) => [
  name,
  processorBackend(it),
]);

const scalar = processorBackend(scalarSampler);
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

    for (const dtype of dtypesOf(spec)) {
      test(`${label} in ${dtype} is summarized as it is drawn, and as plain JavaScript draws it`, async () => {
        const request = requestOf(spec, dtype);
        const values = (await backend.draw(request))!;
        const afterDraw = request.generator.word();
        const again = requestOf(spec, dtype);
        const summary = (await backend.summarize(again))!;
        assert.equal(again.generator.word(), afterDraw);
        const direct = summarizeValues(values, summary.histogram);
        for (const key of ['count', 'min', 'max', 'zeros'] as const) assert.equal(summary[key], direct[key], key);
        for (const key of ['mean', 'std', 'skewness', 'kurtosis'] as const) {
          assert.ok(Math.abs(summary[key] - direct[key]) <= 1e-6 * (1 + Math.abs(direct[key])), key);
        }
        assert.deepEqual(summary.histogram.counts, direct.histogram.counts);
        assert.equal(dtype === 'float64', values instanceof Float64Array);
        const plain = (await scalar.draw(requestOf(spec, dtype)))!;
        const tolerance = spec.kind === 'orthogonal' ? 5e-7 : 0;
        assert.equal(
          values.findIndex((value, i) => !(Math.abs(value - plain[i]!) <= tolerance)),
          -1,
        );
      });
    }

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
    for (const dtype of ['bfloat16', 'float16'] as const) {
      assert.equal(await backend.summarize(requestOf({ kind: 'orthogonal', gain: 1 }, dtype)), undefined);
    }
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

/** Torch has no QR of halves, and raises. */
function dtypesOf({ kind }: InitSpec): readonly Dtype[] {
  return kind === 'orthogonal' ? ['float32', 'float64'] : ['float32', 'float64', 'bfloat16', 'float16'];
}

function requestOf(spec: InitSpec, dtype: Dtype = 'float32'): WeightRequest {
  const shape = spec.kind === 'identity' || spec.kind === 'sparse' ? [60, 200] : [64, 27, 3, 3];
  const ownFans = spec.kind === 'variance_scaling' ? { fans } : {};
  return { spec, shape, dtype, build: 'plain', generator: new Mt19937(11), ...ownFans };
}

for (const [name, backend] of backends) {
  test(`${name}: the singular values of what is drawn lie where the theory of its kind has them`, async () => {
    const shape = [200, 128] as const;
    const drawn = (spec: InitSpec) => backend.draw({ ...requestOf(spec), shape }) as Promise<Values>;
    const normal = spectrumOf(await drawn({ kind: 'normal', mean: 0, std: 0.1 }), shape, 0.1);
    assert.ok(Math.abs(normal.edges.high - 0.1 * (Math.sqrt(200) + Math.sqrt(128))) < 1e-12);
    assert.ok(Math.abs(normal.values[0]! / normal.edges.high - 1) < 0.05, `${normal.values[0]} ≉ ${normal.edges.high}`);
    assert.ok(
      Math.abs(normal.values.at(-1)! - normal.edges.low) < 0.05,
      `${normal.values.at(-1)} ≉ ${normal.edges.low}`,
    );
    assert.equal(normal.condition, normal.values[0]! / normal.values.at(-1)!);
    const orthogonal = spectrumOf(await drawn({ kind: 'orthogonal', gain: 1.3 }), shape, 1.3 / Math.sqrt(200));
    assert.ok(orthogonal.values.every(it => Math.abs(it - 1.3) < 1e-5) && orthogonal.condition < 1.0001);
    const constant = spectrumOf(await drawn({ kind: 'constant', value: 0.5 }), shape, 0);
    assert.ok(Math.abs(constant.values[0]! - 0.5 * Math.sqrt(200 * 128)) < 1e-9);
    assert.equal(constant.condition, Number.POSITIVE_INFINITY);
  });
}

for (const [name, sampler] of samplers.slice(1)) {
  test(`${name}: an orthogonal matrix is plain JavaScript's, whatever its shape`, () => {
    for (const [rows, columns] of [
      [5, 3],
      [3, 5],
      [1, 7],
      [64, 64],
      [100, 33],
      [130, 257],
    ] as const) {
      const request = { kind: 'orthogonal', rows, columns, gain: 1.3 } as const;
      const found = sampler.draw(new Mt19937(4), request, 'plain');
      const expected = draw(new Mt19937(4), request) as Float32Array;
      const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]!)), 0);
      assert.ok(worst <= 2e-7, `${rows}×${columns} differs by ${worst}`);
    }
  });
}

test('what takes long is watched, and given up when nobody waits', async () => {
  const shares: number[] = [];
  const request = { ...requestOf({ kind: 'orthogonal', gain: 1 }), shape: [256, 256] };
  const backend = backends.at(-1)![1];
  await backend.summarize(request, async share => void shares.push(share));
  assert.equal(shares.at(-1), 1);
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => a - b),
  );
  const stop = async () => {
    throw new Error('nobody waits');
  };
  await assert.rejects(async () => backend.summarize(request, stop), /nobody waits/);
});

test('a layer beyond a glance is sampled, and measured whole on request', async () => {
  const request = { ...requestOf({ kind: 'normal', mean: 0, std: 1 }), shape: [2 ** 20 + 77] };
  const backend = processorBackend({ ...scalarSampler, glance: { values: 1000, multiplications: 0 } });
  const glance = (await backend.summarize(request))!;
  assert.deepEqual([glance.count, glance.sampled], [1000, 'size']);
  const again = { ...request, generator: new Mt19937(11), effort: 'whole' as const };
  const whole = (await backend.summarize(again))!;
  assert.deepEqual([whole.count, whole.sampled], [2 ** 20 + 77, undefined]);
  const drawn = new Mt19937(11);
  draw(drawn, { kind: 'normal', mean: 0, std: 1, count: whole.count });
  assert.equal(again.generator.word(), drawn.word());
});

test('a layer of a hundred gigabytes takes no longer than a glance, however it starts', async () => {
  for (const spec of specs) {
    const request = { ...requestOf(spec), shape: [160_000, 160_000] };
    const { count, std } = (await backends.at(-1)![1].summarize(request))!;
    assert.ok(
      count <= 2 ** 24 || spec.kind === 'constant' || spec.kind === 'identity' || spec.kind === 'dirac',
      spec.kind,
    );
    assert.ok(Number.isFinite(std), spec.kind);
  }
});

for (const [name, sampler] of samplers) {
  test(`${name}: the spread of a block, to the bit`, () => {
    for (const count of [1, 3, 4, 1021, 4096]) {
      const block = sampler.draw(
        new Mt19937(count),
        { kind: 'normal', mean: 3, std: 0.7, count },
        'plain',
      ) as Float32Array;
      const found = sampler.blockSpread(block, block[0]!);
      assert.deepEqual(found, scalarSampler.blockSpread(block, block[0]!));
      const differences = Array.from(block, it => it - block[0]!);
      const squares = differences.reduce((sum, it) => sum + it * it, 0);
      assert.ok(Math.abs(found.squares - squares) <= 1e-12 * (1 + squares));
      assert.deepEqual([found.min, found.max], [Math.min(...block), Math.max(...block)]);
    }
    const { sum, min, max } = sampler.blockSpread(new Float32Array([2, Number.NaN, -1, 5, Number.NaN, 7]), 2);
    assert.ok(Number.isNaN(sum));
    assert.deepEqual([min, max], [-1, 7]);
    assert.deepEqual(sampler.blockSpread(new Float64Array([1, 2 ** -40]), 1).sum, 2 ** -40 - 1);
  });
}
