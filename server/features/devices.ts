/** What could draw on this machine: how fast each device is, or why it is skipped. */
import { type Backend, type LazyGpu, Mt19937, processorBackend, scalarSampler } from '../../core/index.js';
import type { Clock, Machine } from '../host.js';
import { gpuOn, kernelOn, poolOn, processorOn } from '../sampler.js';
import { counted } from '../text/counts.js';

export interface DeviceReport {
  readonly device: string;
  /** Normal numbers drawn and measured, a second. */
  readonly perSecond?: number;
  readonly skipped?: string;
}

/** Measured one after the other, each for a moment. */
export async function* devicesOn(host: Machine & Clock): AsyncGenerator<DeviceReport> {
  yield await measured(processorBackend(scalarSampler), 2 ** 19, host);
  const { kernel, skipped } = kernelOn(host);
  for (const { variant, reason } of skipped) yield { device: `CPU, WebAssembly (${variant})`, skipped: reason };
  if (kernel !== undefined) {
    yield await measured(processorBackend(kernel), 2 ** 22, host);
    yield await workersOn(host);
  }
  yield await graphicsOn(gpuOn(host), host);
}

/** A card may be lost, or busy, for a moment: what has failed while it was measured is opened once more. */
export async function graphicsOn(gpu: LazyGpu, clock: Clock): Promise<DeviceReport> {
  const failures: string[] = [];
  while (failures.length < 2) {
    const backend = await gpu.backend();
    if (backend === undefined) {
      failures.push(`${gpu.failure}`);
      break;
    }
    try {
      return await measuredLonger(backend, clock);
    } catch (error) {
      failures.push(gpu.failure ?? (error instanceof Error ? error.message : String(error)));
      gpu.retry();
    }
  }
  return { device: 'GPU, WebGPU', skipped: [...new Set(failures)].join('; on a second try: ') };
}

async function workersOn(host: Machine & Clock): Promise<DeviceReport> {
  const pool = poolOn(host);
  if (pool === undefined) return { device: 'CPU, workers', skipped: 'this machine runs one thread at a time' };
  const device = `CPU, ${counted(pool.size + 1, 'thread')}`;
  pool.warm();
  while (pool.ready < pool.size && pool.failure === undefined) await new Promise<void>(done => host.schedule(5, done));
  if (pool.failure !== undefined) return { device, skipped: pool.failure };
  return measured(processorOn(host), 2 ** 23, host);
}

/** The better of two runs: in the first one code is still being compiled. */
async function measured(
  backend: Backend,
  count: number,
  clock: Clock,
): Promise<Required<Omit<DeviceReport, 'skipped'>>> {
  let device = '';
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 2; round++) {
    const start = clock.now();
    const summary = await backend.summarize(requestOf(count));
    device = summary!.device;
    least = Math.min(least, clock.now() - start);
  }
  return { device, perSecond: (1000 * count) / least };
}

/** Of as many as take a moment: what is over at once measures how long it takes to begin. */
async function measuredLonger(backend: Backend, clock: Clock): Promise<DeviceReport> {
  for (let count = 2 ** 22; ; count *= 8) {
    const report = await measured(backend, count, clock);
    if (count >= 2 ** 28 || count / report.perSecond > 0.01) return report;
  }
}

function requestOf(count: number) {
  const spec = { kind: 'normal', mean: 0, std: 1 } as const;
  return { spec, shape: [count], dtype: 'float32', build: 'plain', generator: new Mt19937(0) } as const;
}
