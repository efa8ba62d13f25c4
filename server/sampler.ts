/** What draws on a machine: its kernel where one runs, else plain JavaScript. */
import { webgpuBackend } from '../core/backends/webgpu/index.js';
import {
  type Backend,
  chosenBackend,
  type DeviceChoice,
  LazyGpu,
  type OpenedKernel,
  openKernel,
  processorBackend,
  type Sampler,
  scalarSampler,
  WorkerPool,
} from '../core/index.js';
import type { Clock, Machine } from './host.js';

type TimedMachine = Machine & Pick<Clock, 'schedule'>;

const opened = new WeakMap<Machine, OpenedKernel>();

export function samplerOf(machine: Machine): Sampler {
  return kernelOn(machine).kernel ?? scalarSampler;
}

const processors = new WeakMap<Machine, Backend>();

/** The same one each time, for its workers' sake. */
export function processorOn(machine: TimedMachine): Backend {
  const processor = processors.get(machine) ?? processorBackend(samplerOf(machine), poolOn(machine));
  processors.set(machine, processor);
  return processor;
}

const backends = new WeakMap<Machine, Map<DeviceChoice, Backend>>();

/** The same one each time for a choice, so that what it drew can be remembered. */
export function backendOf(machine: TimedMachine, choice: DeviceChoice): Backend {
  const known = backends.get(machine) ?? new Map<DeviceChoice, Backend>();
  backends.set(machine, known);
  const backend = known.get(choice) ?? chosenBackend(choice, processorOn(machine), gpuOn(machine));
  known.set(choice, backend);
  return backend;
}

const gpus = new WeakMap<Machine, LazyGpu>();

export function gpuOn(machine: Machine): LazyGpu {
  const gpu = gpus.get(machine) ?? new LazyGpu(() => machine.openGpu(), webgpuBackend);
  gpus.set(machine, gpu);
  return gpu;
}

const pools = new WeakMap<Machine, WorkerPool>();

/** Milliseconds in which who asked for a draw gets the answer: starting threads takes as long as a quarter of a large draw. */
const ANSWERED = 50;

/** Beside this thread; more hardly shorten what a person waits for, and each holds 10 MB. */
const MOST_WORKERS = 3;

/** None where the machine runs one thread at a time. Workers start when they are first wanted. */
export function poolOn(machine: TimedMachine): WorkerPool | undefined {
  if (machine.threads < 2) return undefined;
  const pool =
    pools.get(machine) ??
    new WorkerPool(Math.min(MOST_WORKERS, machine.threads - 1), {
      start: () => machine.startWorker(),
      later: warm => machine.schedule(ANSWERED, warm),
    });
  pools.set(machine, pool);
  return pool;
}

/** Compiled when it is first asked for. */
export function kernelOn(machine: Machine): OpenedKernel {
  const known = opened.get(machine);
  if (known !== undefined) return known;
  const found = openKernel(variant => machine.loadKernel(variant));
  opened.set(machine, found);
  return found;
}
