/** What the backend on a graphics processor gives, compared with the processor, as numbers that can be sent. */
import type { OpenedGpu } from '../../../core/backends/webgpu/device.js';
import { webgpuBackend } from '../../../core/backends/webgpu/index.js';
import { GpuProgram } from '../../../core/backends/webgpu/program.js';
import { erf } from '../../../core/erf.js';
import { type Backend, type InitSpec, Mt19937, summarizeValues, type WeightRequest } from '../../../core/index.js';
import { LANES, log32, sincos32 } from '../../../core/random/cephes.js';
import { erfinv64 } from '../../../core/random/erfinv.js';
import { fma32 } from '../../../core/random/fma.js';
import { philox } from '../../../core/random/philox.js';

export interface Found {
  readonly name: string;
  /** Words that are not the processor's, of how many. */
  readonly words: readonly [differing: number, count: number];
  /** Largest distance of a normal number from the processor's, in units in the last place of the larger of both and 1. */
  readonly ulps: number;
  /** The same of truncated normal numbers, whose inverse error function is another one. */
  readonly ulpsOfTruncated: number;
  readonly summaries: readonly SummaryFound[];
  /** Of 2²² normals, drawn and measured, in the second run. */
  readonly milliseconds: number;
  /** Whether two that are asked for at once get what each gets alone. */
  readonly isShared: boolean;
  readonly whole: { readonly count: number; readonly mean: number; readonly std: number; readonly counted: number };
  /** What is said of a spec that the device has no program for. */
  readonly refusal: string;
}

export interface SummaryFound {
  readonly label: string;
  readonly count: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly hasSameHistogram: boolean;
  readonly moved: boolean;
}

const key = [0xa4093822, 0x299f31d0] as const;
const plain = {
  ...({ distribution: 'normal', shift: 0, scale: 1, first: 0, span: 0, low: 0, high: 0 } as const),
  lowest: -4,
  perUnit: 12.5,
  bins: 100,
  perScale: 1,
  center: 0,
};

export async function runSuite(gpu: OpenedGpu): Promise<Found> {
  const program = await GpuProgram.create(gpu.device);
  const backend = await webgpuBackend(gpu);
  const summaries: SummaryFound[] = [];
  for (const [spec, shape] of cases) summaries.push(await compareSummary(backend, spec, shape));
  const refusal = await backend.summarize(requestOf({ kind: 'orthogonal', gain: 1 }, [8, 8])).catch(it => it.message);
  return {
    name: gpu.name,
    words: await compareWords(program),
    ulps: await compareNormals(program),
    ulpsOfTruncated: await compareTruncated(program),
    summaries,
    isShared: await isShared(backend),
    ...(await timeWhole(backend)),
    refusal: `${refusal}`,
  };
}

const cases: readonly (readonly [InitSpec, readonly number[]])[] = [
  [{ kind: 'normal', mean: 0.2, std: 0.02 }, [100_003]],
  [{ kind: 'normal', mean: 0, std: 1 }, [3]],
  [{ kind: 'uniform', low: -0.1, high: 0.3 }, [300, 257]],
  [{ kind: 'truncated_normal', mean: 0.5, std: 1, low: -1.5, high: 2.5 }, [100_003]],
  [{ kind: 'truncated_normal', mean: 0, std: 0.02, low: -2, high: 2 }, [512, 300]],
  [{ kind: 'variance_scaling', gain: Math.SQRT2, mode: 'fan_in', distribution: 'normal', name: 'kaiming' }, [512, 512]],
];

/** The second stretch begins where the low word of the counter runs over. */
async function compareWords(program: GpuProgram): Promise<[number, number]> {
  const count = 4096;
  let differing = 0;
  for (const counter of [0, 2 ** 32 - 100]) {
    const found = await program.store('words', { ...plain, count, counter, key });
    for (let i = 0; i < count; i++) if (found[i] !== wordAt(counter, i)) differing++;
  }
  return [differing, 2 * count];
}

function wordAt(counter: number, i: number): number {
  const at = counter + (i >> 2);
  return philox([at % 2 ** 32, Math.floor(at / 2 ** 32), 0, 0], key)[i & 3]!;
}

async function compareNormals(program: GpuProgram): Promise<number> {
  const radii = new Float32Array(LANES);
  const sines = new Float32Array(LANES);
  const cosines = new Float32Array(LANES);
  const bits = await program.store('values', { ...plain, count: 2 * LANES, counter: 7, key });
  const found = new Float32Array(bits.buffer);
  const fraction = (i: number) => (wordAt(7, i) & 0xffffff) * 2 ** -24;
  for (let pair = 0; pair < LANES; pair++) {
    radii[pair] = 1 - fraction(2 * pair);
    sines[pair] = Math.fround(2 * Math.PI) * fraction(2 * pair + 1);
  }
  log32(radii, LANES);
  sincos32(sines, cosines, LANES);
  let worst = 0;
  for (let pair = 0; pair < LANES; pair++) {
    const radius = Math.fround(Math.sqrt(Math.fround(-2 * radii[pair]!)));
    const expected = [cosines, sines].map(it => fma32(Math.fround(radius * it[pair]!), 1, 0));
    for (const [i, value] of expected.entries()) worst = Math.max(worst, ulpsBetween(value, found[2 * pair + i]!));
  }
  return worst;
}

/** Cut at two standard deviations. */
async function compareTruncated(program: GpuProgram): Promise<number> {
  const [first, span] = [-erf(Math.SQRT2), 2 * erf(Math.SQRT2)].map(Math.fround) as [number, number];
  const cut = { distribution: 'truncated_normal', scale: Math.SQRT2, first, span, low: -2, high: 2 } as const;
  const count = 4096;
  const bits = await program.store('values', { ...plain, ...cut, count, counter: 7, key });
  let worst = 0;
  for (const [i, value] of new Float32Array(bits.buffer).entries()) {
    const inside = fma32((wordAt(7, i) & 0xffffff) * 2 ** -24, span, first);
    const expected = Math.min(2, Math.max(-2, Math.SQRT2 * erfinv64(inside)));
    worst = Math.max(worst, ulpsBetween(expected, value));
  }
  return worst;
}

function ulpsBetween(a: number, b: number): number {
  return Math.abs(a - b) / 2 ** (Math.floor(Math.log2(Math.max(Math.abs(a), Math.abs(b), 1))) - 23);
}

async function compareSummary(backend: Backend, spec: InitSpec, shape: readonly number[]): Promise<SummaryFound> {
  const drawing = requestOf(spec, shape);
  const values = (await backend.draw(drawing))!;
  const request = requestOf(spec, shape);
  const summary = (await backend.summarize(request))!;
  const direct = summarizeValues(values, summary.histogram);
  const keys = ['mean', 'std', 'min', 'max', 'skewness', 'kurtosis', 'zeros'] as const;
  const errors = keys.map(it => [it, Math.abs(summary[it] - direct[it]) / (1 + Math.abs(direct[it]))]);
  return {
    label: JSON.stringify([spec, shape]),
    count: summary.count,
    errors: Object.fromEntries(errors),
    hasSameHistogram: summary.histogram.counts.every((it, i) => it === direct.histogram.counts[i]),
    moved: request.generator.word() === drawing.generator.word(),
  };
}

async function isShared(backend: Backend): Promise<boolean> {
  const summaries = () => cases.map(([spec, shape]) => backend.summarize(requestOf(spec, shape)));
  const together = await Promise.all(summaries());
  const alone = [];
  for (const [spec, shape] of cases) alone.push(await backend.summarize(requestOf(spec, shape)));
  return JSON.stringify(together) === JSON.stringify(alone);
}

async function timeWhole(backend: Backend): Promise<Pick<Found, 'milliseconds' | 'whole'>> {
  const spec = { kind: 'normal', mean: 0, std: 1 } as const;
  await backend.summarize(requestOf(spec, [2 ** 20]));
  const start = performance.now();
  const summary = (await backend.summarize(requestOf(spec, [2 ** 22])))!;
  const milliseconds = performance.now() - start;
  const counted = summary.histogram.counts.reduce((a, b) => a + b);
  return { milliseconds, whole: { count: summary.count, mean: summary.mean, std: summary.std, counted } };
}

function requestOf(spec: InitSpec, shape: readonly number[]): WeightRequest {
  return { spec, shape, dtype: 'float32', build: 'plain', generator: new Mt19937(11) };
}
