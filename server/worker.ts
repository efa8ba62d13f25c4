/** What runs in a worker: does the core's tasks with a kernel of its own, and describes values. */
import { openKernel, perform, type Reply, scalarSampler, type Task } from '../core/index.js';
import { type Described, type DescriptionReply, describe } from './descriptions.js';
import type { Encoding, Machine } from './host.js';

export type Errand = Task | Described;

/** Tells that it is ready, and gives back what answers each errand. */
export function startTasks(
  machine: Pick<Machine, 'loadKernel'> & Pick<Encoding, 'sha256'>,
  send: (reply: Reply | DescriptionReply) => void,
): (errand: Errand) => void {
  const sampler = openKernel(variant => machine.loadKernel(variant)).kernel ?? scalarSampler;
  send({ ready: true });
  return errand => {
    try {
      if ('bytes' in errand) send({ description: describe(errand, machine.sha256()) });
      else send({ answer: perform(errand, sampler) });
    } catch (error) {
      send({ failure: error instanceof Error ? error.message : String(error) });
    }
  };
}
