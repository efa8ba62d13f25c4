/** What runs in a worker: does the core's tasks with a kernel of its own, and hashes values. */
import { openKernel, perform, type Reply, type Sampler, scalarSampler, type Task } from '../core/index.js';
import { type Parcel, type ParcelReply, Unpacker } from './descriptions.js';
import type { Encoding, Machine } from './host.js';

export type Errand = Task | Parcel;

/** Tells that it is ready, and gives back what answers each errand. */
export function startTasks(
  machine: Pick<Machine, 'loadKernel'> & Pick<Encoding, 'sha256'>,
  send: (reply: Reply | ParcelReply, transferred?: readonly ArrayBuffer[]) => void,
): (errand: Errand) => void {
  let sampler: Sampler | undefined;
  const unpacker = new Unpacker(() => machine.sha256());
  send({ ready: true });
  return errand => {
    try {
      if ('parcel' in errand) send(unpacker.unpacked(errand), [errand.parcel]);
      else {
        // Whoever only hashes needs no kernel.
        sampler ??= openKernel(variant => machine.loadKernel(variant)).kernel ?? scalarSampler;
        send({ answer: perform(errand, sampler) });
      }
    } catch (error) {
      send({ failure: error instanceof Error ? error.message : String(error) });
    }
  };
}
