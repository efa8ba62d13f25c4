/** What draws on a machine: its kernel where one runs, else plain JavaScript. */
import {
  type Backend,
  type OpenedKernel,
  openKernel,
  processorBackend,
  type Sampler,
  scalarSampler,
  WorkerPool,
} from '../core/index.js';
import type { Machine } from './host.js';

const opened = new WeakMap<Machine, OpenedKernel>();

export function samplerOf(machine: Machine): Sampler {
  return kernelOn(machine).kernel ?? scalarSampler;
}

const backends = new WeakMap<Machine, Backend>();

/** The same one each time, for its workers' sake. */
export function backendOf(machine: Machine): Backend {
  const known = backends.get(machine);
  if (known !== undefined) return known;
  const backend = processorBackend(samplerOf(machine), poolOn(machine));
  backends.set(machine, backend);
  return backend;
}

const pools = new WeakMap<Machine, WorkerPool>();

/** None where the machine runs one thread at a time. Workers start when they are first wanted. */
export function poolOn(machine: Machine): WorkerPool | undefined {
  if (machine.workers < 2) return undefined;
  const pool = pools.get(machine) ?? new WorkerPool(machine.workers, () => machine.startWorker());
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
