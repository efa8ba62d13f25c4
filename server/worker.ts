/** What runs in a worker: does the core's tasks with a kernel of its own. */
import { openKernel, perform, type Reply, scalarSampler, type Task } from '../core/index.js';
import type { Machine } from './host.js';

/** Tells that it is ready, and gives back what answers each task. */
export function startTasks(machine: Pick<Machine, 'loadKernel'>, send: (reply: Reply) => void): (task: Task) => void {
  const sampler = openKernel(variant => machine.loadKernel(variant)).kernel ?? scalarSampler;
  send({ ready: true });
  return task => {
    try {
      send({ answer: perform(task, sampler) });
    } catch (error) {
      send({ failure: error instanceof Error ? error.message : String(error) });
    }
  };
}
