/** What a checkpoint or raw memory does to a parameter: its values are no longer those that were drawn. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Value } from '../../../interpreter/values.js';
import { deviceOf } from '../arguments.js';
import { addContents } from '../storage.js';
import type { Tensor } from '../tensor.js';
import { recordWrite } from '../writes.js';

export function recordLoad(machine: Machine, tensor: Tensor): void {
  const reason = 'it is loaded from a checkpoint';
  addContents(machine, tensor.storage, { kind: 'opaque', reason });
  recordWrite(machine, tensor, { initializer: 'load_state_dict', spec: { kind: 'unknown', reason }, origin: 'loaded' });
}

/** Raw memory again: what was written is lost. */
export function forget(machine: Machine, tensor: Tensor, device: Value): void {
  const reason = 'raw memory';
  const site = machine.callSite()?.site;
  const wasWritten = !tensor.storage.isRaw;
  machine.touch(tensor.storage);
  addContents(machine, tensor.storage, { kind: 'opaque', reason });
  machine.touch(tensor);
  tensor.device = deviceOf(device) ?? 'cpu';
  tensor.storage.spec = { kind: 'unknown', reason };
  tensor.storage.history = [];
  tensor.storage.isRaw = true;
  if (site !== undefined && wasWritten) tensor.storage.forgotten = site;
}
