/** Code that cannot be seen may initialize what it is given: its name tells whether it does, or that nobody wants its result. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Instance } from '../../../interpreter/values.js';
import { nodeAt } from '../../../syntax/walk.js';
import { addContents } from '../storage.js';
import { isTensor, type Tensor } from '../tensor.js';
import { recordWrite } from '../writes.js';
import { ModuleInstance } from './instance.js';
import { namedTensors } from './walk.js';

/** Names of initializers, in whole or in part. */
const initializing =
  /init|reset|load|restore|pretrain|from_|weight|normal|uniform|xavier|glorot|kaiming|orthogonal|constant|fill|_$|\b(zero|one)s$/i;

export function writeUnseenInto(machine: Machine, instance: Instance): void {
  const written = machine.callSite()?.written;
  if (written === undefined) return;
  if (!initializing.test(written) && !(isTensor(instance) && isForItsEffect(machine, written))) return;
  for (const tensor of tensorsOf(instance)) writeUnseen(machine, tensor, written);
}

/** `glorot(self.weight)` as a statement: what else would it be called for; forward hands a kernel what it writes its result to. */
function isForItsEffect(machine: Machine, written: string): boolean {
  const { module } = machine.frame ?? {};
  const site = machine.callSite()?.site;
  if (module === undefined || site === undefined || READING.test(written)) return false;
  if (machine.flags.context === 'forward') return false;
  const around = nodeAt(module.tree, site.start)?.ancestors ?? [];
  return around.some(it => it.kind === 'Expression' && it.value.start === site.start && it.value.end === site.end);
}

/** Who only looks at what he is given. */
const READING =
  /print|log|check|assert|debug|info|warn|show|plot|watch|summar|hook|count|register|append|add|save|stat/i;

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
