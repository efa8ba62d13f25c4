/** Evaluates what a layer's row says of its forward, and gives lazy layers their sizes when a first input comes. */
import type { Machine } from '../../../interpreter/machine.js';
import { valueOfSize } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import type { NativeFunction, Value } from '../../../interpreter/values.js';
import { torchOf } from '../state.js';
import { Storage } from '../storage.js';
import { countOf, isTensor, type Tensor, wholeView } from '../tensor.js';
import { evaluate, type Names, shapeOf } from './expression.js';
import { functional } from './functional.js';
import { inSlot, type ModuleInstance, member } from './instance.js';
import type { LayerRow } from './row.js';
import { resetParameters } from './start.js';
import { ntuple, product } from './words.js';

export function forwardOf(row: LayerRow): NativeFunction {
  const forward = native('forward', `self, ${row.takes ?? 'input'}`, (machine, self, ...inputs) => {
    const module = self as ModuleInstance;
    if (row.lazy !== undefined) materialize(machine, module, row, inputs[0]!);
    const names = new Map<string, Value>([['self', module]]);
    forward.signature!.parameters.slice(1).forEach((it, i) => void names.set(it.name, inputs[i]!));
    return torchOf(machine).graph.within(module, row.name, () =>
      evaluate(machine, row.forward!, name => (names.has(name) ? names.get(name) : functional(name))),
    );
  });
  return forward;
}

/** The first input tells the size; then the layer draws its parameters and becomes an ordinary one. */
function materialize(machine: Machine, self: ModuleInstance, row: LayerRow, input: Value): void {
  const { argument, axis } = row.lazy!;
  const size = isTensor(input) ? input.shape?.at(axis) : undefined;
  const waiting = (row.parameters ?? []).map(it => [it, member(self, it.name)] as const);
  if (size === undefined || !waiting.some(([, tensor]) => isTensor(tensor) && tensor.isLazy)) return;
  machine.touch(self);
  self.attributes.set(argument, valueOfSize(size));
  for (const [parameter, tensor] of waiting) {
    if (isTensor(tensor) && tensor.isLazy) giveShape(machine, self, tensor, parameter.shape);
  }
  for (const buffer of row.buffers ?? []) {
    const tensor = member(self, buffer.name);
    if (isTensor(tensor) && tensor.shape === undefined) giveShape(machine, self, tensor, buffer.shape);
  }
  becomeOrdinary(machine, self, row);
  resetParameters(machine, self, row);
}

function giveShape(machine: Machine, self: ModuleInstance, tensor: Tensor, expression: string): void {
  machine.touch(tensor);
  tensor.shape = shapeOf(machine, evaluate(machine, expression, attributesOf(self)));
  if (!tensor.isLazy) return;
  tensor.isLazy = false;
  tensor.storage = new Storage(tensor.dtype, countOf(tensor.shape));
  tensor.view = wholeView(tensor.shape);
  tensor.cls = torchOf(machine).classes.parameter;
  tensor.shows = { parameter: tensor, axes: tensor.shape?.map((_, i) => i) };
}

function becomeOrdinary(machine: Machine, self: ModuleInstance, row: LayerRow): void {
  const ordinary = self.cls.mro.find(it => it.name === row.name.replace('Lazy', ''));
  if (self.cls.name !== row.name || ordinary === undefined) return;
  machine.touch(self);
  self.cls = ordinary;
}

/** Names as the finished layer knows them: its attributes. */
export const attributesOf =
  (self: ModuleInstance): Names =>
  name => {
    if (name === 'ntuple') return ntuple;
    if (name === 'product') return product;
    return self.own(name) ?? (inSlot(self, '_parameters', name) === undefined ? null : true);
  };
