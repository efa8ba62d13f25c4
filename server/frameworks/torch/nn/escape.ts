/** Code that cannot be seen may initialize what it is given: its name tells whether it does. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Instance } from '../../../interpreter/values.js';
import { addContents } from '../storage.js';
import { isTensor, type Tensor } from '../tensor.js';
import { recordWrite } from '../writes.js';
import { ModuleInstance } from './instance.js';
import { namedTensors } from './walk.js';

const initializing =
  /init|reset|load|restore|pretrain|from_|weight|normal|uniform|xavier|glorot|kaiming|orthogonal|constant|fill|_$|\b(zero|one)s$/i;

export function writeUnseenInto(machine: Machine, instance: Instance): void {
  const written = machine.callSite()?.written;
  if (written === undefined || !initializing.test(written)) return;
  for (const tensor of tensorsOf(instance)) writeUnseen(machine, tensor, written);
}

function tensorsOf(instance: Instance): readonly Tensor[] {
  if (instance instanceof ModuleInstance) return [...namedTensors(instance, '_parameters')].map(([, tensor]) => tensor);
  return isTensor(instance) && instance.shows !== undefined ? [instance] : [];
}

function writeUnseen(machine: Machine, tensor: Tensor, written: string): void {
  const reason = `\`${written}\` cannot be seen`;
  machine.inexact(reason);
  addContents(machine, tensor.storage, { kind: 'opaque', reason });
  recordWrite(machine, tensor, { initializer: written, spec: { kind: 'unknown', reason }, origin: 'written' });
}
