/** What draws on a machine: its kernel where one runs, else plain JavaScript. */
import {
  type Backend,
  type OpenedKernel,
  openKernel,
  processorBackend,
  type Sampler,
  scalarSampler,
} from '../../core/index.js';
import type { Clock, Machine } from '../host.js';

const opened = new WeakMap<Machine, OpenedKernel>();

export function samplerOf(machine: Machine): Sampler {
  return kernelOn(machine).kernel ?? scalarSampler;
}

export function backendOf(host: Machine & Clock): Backend {
  return processorBackend(samplerOf(host), () => host.turn());
}

/** Compiled when it is first asked for. */
export function kernelOn(machine: Machine): OpenedKernel {
  const known = opened.get(machine);
  if (known !== undefined) return known;
  const found = openKernel(variant => machine.loadKernel(variant));
  opened.set(machine, found);
  return found;
}
