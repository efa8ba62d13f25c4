/** Drawing and measuring weights, beside real torch doing the same in the same run, and sizes of what does it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Backend, type InitSpec, Mt19937, processorBackend, type Sampler, WorkerPool } from '../../core/index.js';
import { startWorker } from '../../server/node/workers.js';
import { bundleOf } from '../core/bundle.js';
import { kernelFolder, samplers } from '../core/samplers.js';
import { show } from './common/figures.js';
import { floorOfNormals } from './common/floor.js';

const COUNT = 2 ** 24;
const ROUNDS = 5;
const normal = { kind: 'normal', mean: 0, std: 1 } as const;
const uniform = { kind: 'uniform', low: -1, high: 1 } as const;
const kernel = samplers.find(([name]) => name === 'wasm fused')![1];

interface Times {
  readonly wall: number;
  readonly cpu: number;
}
type Peer = Readonly<Record<'normal' | 'uniform' | 'trunc_normal' | 'orthogonal', Times>>;

const torch = { one: torchWith(1), two: torchWith(2) };
await oneThread();
largeOrthogonal();
await twoThreads();
await hovers();
await sizes();

/** CPU milliseconds: other programs on the machine leave these nearly alone. */
async function oneThread(): Promise<void> {
  const backend = processorBackend(kernel);
  const measured = { normal: await fastest(backend, normal), uniform: await fastest(backend, uniform) };
  for (const [kind, times] of [
    ['normal', 2],
    ['uniform', 4],
  ] as const) {
    const name = `16.7 million ${kind} numbers, drawn and measured, one thread`;
    show({ name, value: measured[kind].cpu, unit: 'ms', ...peer(torch.one?.[kind].cpu, times) });
  }
  const least = floorOfNormals(COUNT);
  show({
    name: `of that, its vector instructions, four a cycle at ${least.gigahertz.toFixed(2)} GHz`,
    value: least.milliseconds,
    unit: 'ms',
  });
  const drawing = fastestOf(() => kernel.draw(new Mt19937(0), { ...normal, count: COUNT }, 'plain')).cpu;
  show({ name: 'of that, drawing alone (into memory)', value: drawing, unit: 'ms' });
  for (const build of ['plain', 'mkl'] as const) {
    const request = { kind: 'truncated_normal', mean: 0, std: 1, low: -2, high: 2, count: COUNT / 4 } as const;
    const { cpu } = fastestOf(() => kernel.draw(new Mt19937(0), request, build));
    show({
      name: `16.7 million truncated normals (${build})`,
      value: 4 * cpu,
      unit: 'ms',
      ...peer(torch.one?.trunc_normal.cpu),
    });
  }
  const request = { kind: 'orthogonal', rows: 1024, columns: 1024, gain: 1 } as const;
  const { cpu } = fastestOf(() => kernel.draw(new Mt19937(0), request, 'plain'), 3);
  const lapack = torch.one?.orthogonal.cpu;
  show({
    name: 'orthogonal 1024×1024',
    value: cpu,
    unit: 'ms',
    ...(lapack && { atMost: Math.round(6 * lapack) }),
    ...peer(lapack),
  });
}

/** What is drawn on request; a hover tells the closed form at once. */
function largeOrthogonal(): void {
  const request = { kind: 'orthogonal', rows: 4096, columns: 4096, gain: 1 } as const;
  const { cpu } = fastestOf(() => kernel.draw(new Mt19937(0), request, 'plain'), 1);
  show({ name: 'orthogonal 4096×4096', value: cpu / 1000, unit: 's', atMost: 20 });
}

async function twoThreads(): Promise<void> {
  const program = fileURLToPath(new URL('../../dist/worker.js', import.meta.url));
  const pool = new WorkerPool(1, {
    start: () => startWorker(program, { kernelFolder }),
    later: callback => callback(),
  });
  pool.warm();
  while (pool.ready < pool.size) await new Promise(resolve => setTimeout(resolve, 5));
  const { wall } = await fastest(processorBackend(kernel, pool), normal);
  pool.stop();
  const name = '16.7 million normal numbers, drawn and measured, two threads';
  show({ name, value: wall, unit: 'ms', ...peer(torch.two?.normal.wall, 2) });
}

/** What a hover waits for: all but the text. */
async function hovers(): Promise<void> {
  const large = await least(() => once(processorBackend(kernel), normal, [4096, 4096]));
  show({ name: 'a layer of 4096×4096, measured', value: large, unit: 'ms', atMost: 80 });
  const small = await least(() => once(processorBackend(kernel), normal, [1000, 999]));
  show({ name: 'a layer of less than a million weights', value: small, unit: 'ms', atMost: 10 });
}

async function least(measure: () => Promise<number>): Promise<number> {
  let value = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) value = Math.min(value, await measure());
  return value;
}

async function sizes(): Promise<void> {
  for (const variant of ['fused', 'emulated']) {
    const bytes = gzipSync(readFileSync(`${kernelFolder}/${variant}.wasm`), { level: 9 }).length;
    show({ name: `kernel, ${variant}, gzipped`, value: bytes / 1000, unit: 'kB', atMost: 8 });
  }
  const core = await bundleOf('index.js');
  show({ name: 'the init core, bundled', value: core.bytes / 1000, unit: 'kB', atMost: 80 });
  const whole = await bundleOf('index.js', 'backends/webgpu/index.js', 'propagation/simulation/index.js');
  show({ name: 'with graphics processors and simulations', value: whole.bytes / 1000, unit: 'kB' });
}

function peer(value: number | undefined, times?: number) {
  return value === undefined ? {} : { peer: { name: 'torch', value, ...(times !== undefined && { times }) } };
}

async function fastest(backend: Backend, spec: InitSpec): Promise<Times> {
  let best: Times = { wall: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY };
  for (let round = 0; round < ROUNDS; round++) {
    const start = { wall: performance.now(), cpu: process.cpuUsage() };
    await once(backend, spec, [COUNT]);
    const wall = performance.now() - start.wall;
    best = { wall: Math.min(best.wall, wall), cpu: Math.min(best.cpu, cpuSince(start.cpu)) };
  }
  return best;
}

async function once(backend: Backend, spec: InitSpec, shape: readonly number[]): Promise<number> {
  const start = performance.now();
  await backend.summarize({ spec, shape, dtype: 'float32', build: 'plain', generator: new Mt19937(0) });
  return performance.now() - start;
}

function fastestOf(work: () => ReturnType<Sampler['draw']>, rounds = 5): Times {
  let best: Times = { wall: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round++) {
    const start = { wall: performance.now(), cpu: process.cpuUsage() };
    work();
    const wall = performance.now() - start.wall;
    best = { wall: Math.min(best.wall, wall), cpu: Math.min(best.cpu, cpuSince(start.cpu)) };
  }
  return best;
}

/** Milliseconds of the program's own work. */
function cpuSince(start: NodeJS.CpuUsage): number {
  const { user } = process.cpuUsage(start);
  return user / 1000;
}

/** Undefined where torch is not installed. */
function torchWith(threads: number): Peer | undefined {
  const script = fileURLToPath(new URL('./core.py', import.meta.url));
  const { stdout, status } = spawnSync('/usr/bin/python3', [script, `${threads}`, `${ROUNDS}`], { encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as Peer) : undefined;
}
