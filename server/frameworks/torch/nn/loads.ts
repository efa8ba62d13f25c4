/** What a checkpoint or raw memory does to a parameter: its values are no longer those that were drawn. */
import type { Machine } from '../../../interpreter/machine.js';
import { Dict, Instance, type Value } from '../../../interpreter/values.js';
import type { StorageWrite } from '../../../model/draws.js';
import { deviceOf } from '../arguments.js';
import { contentsOfCopy } from '../operations/views.js';
import { addContents } from '../storage.js';
import { isTensor, knownShape, type Tensor } from '../tensor.js';
import { recordWrite } from '../writes.js';
import type { ModuleInstance } from './instance.js';
import { namedTensors } from './walk.js';

/** What is loaded into all parameters of a module: the values of those in `state`, where that is known. */
export function load(machine: Machine, module: ModuleInstance, state: Value, isStrict: boolean): void {
  const plain = state instanceof Instance && state.payload !== undefined ? state.payload : state;
  const given = plain instanceof Dict ? plain : undefined;
  for (const [name, tensor] of namedTensors(module, '_parameters', { duplicates: true })) {
    const source = given?.entries.get(name)?.[1];
    // What is not there is left as it is.
    if (source === undefined && machine.strict && !isStrict && given !== undefined && given.more === undefined)
      continue;
    const known = source !== undefined && isTensor(source) ? source : undefined;
    recordLoad(machine, tensor, known, known !== undefined && given?.more !== undefined);
  }
}

function recordLoad(machine: Machine, tensor: Tensor, source: Tensor | undefined, mixed: boolean): void {
  const reason = 'it is loaded from a checkpoint';
  addContents(machine, tensor.storage, (source && copied(tensor, source)) ?? { kind: 'opaque', reason });
  const spec = { kind: 'unknown', reason } as const;
  recordWrite(machine, tensor, { initializer: 'load_state_dict', spec, origin: 'loaded', mixed });
}

/** A copy of another tensor of the same kind; undefined where it is no such. */
function copied(tensor: Tensor, source: Tensor): StorageWrite | undefined {
  const isAlike =
    tensor.dtype === source.dtype && String(knownShape(tensor.shape)) === String(knownShape(source.shape));
  if (!isAlike || knownShape(source.shape) === undefined || source.storage.isRaw) return undefined;
  return { kind: 'copy', source: contentsOfCopy(source) };
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
