/** In-place methods that write constants and copies: `zero_`, `fill_`, `copy_`, and item assignment. */
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import type { NativeFunction, Value } from '../../../interpreter/values.js';
import { numberValue } from '../arguments.js';
import { describeCall } from '../calls.js';
import { dtypes } from '../dtypes.js';
import { isTensor, type Tensor } from '../tensor.js';
import { fillWith } from '../writes.js';
import { guardLeaf, overwrite, remember } from './in-place.js';
import { assigned, indexed, withPicked } from './indexing.js';

export const assignmentMethods: readonly NativeFunction[] = [
  native('zero_', 'self', (machine, self) => fill(machine, self!, 0, 'zero_', [])),
  native('fill_', 'self, value', (machine, self, value) => fill(machine, self!, value!, 'fill_', [value!])),
  native('fill_diagonal_', 'self, fill_value, wrap=False', (machine, self, value) =>
    fillDiagonal(machine, self!, value!),
  ),
  native('copy_', 'self, src, non_blocking=False', (machine, self, source) => copy(machine, self!, source!)),
  native('set_', 'self, source=None, *args', (machine, self, source) => {
    if (isTensor(self)) takeOver(machine, self, source!);
    return self!;
  }),
  native('__setitem__', 'self, index, value', (machine, self, index, value) => {
    if (isTensor(self)) setItem(machine, self, index!, value!);
    return null;
  }),
];

function callOf(machine: Machine, self: Tensor, initializer: string, bound: readonly Value[]) {
  const parameters = bound.map(() => ({ name: initializer === 'copy_' ? 'src' : 'value', passing: 'any' as const }));
  return describeCall(machine, { initializer, form: 'method', parameters, bound, given: self, before: 0 });
}

function fill(machine: Machine, self: Value, value: Value, initializer: string, bound: readonly Value[]): Value {
  if (!isTensor(self)) return self;
  const call = callOf(machine, self, initializer, bound);
  guardLeaf(machine, self, call);
  const number = numberValue(value);
  fillWith(machine, self, number === undefined ? undefined : dtypes[self.dtype].round(number));
  if (self.view.isWhole) self.storage.spec = { kind: 'constant', value: number };
  remember(machine, self, { initializer, spec: { kind: 'constant', value: number }, call });
  return self;
}

function fillDiagonal(machine: Machine, self: Value, value: Value): Value {
  if (!isTensor(self)) return self;
  const diagonal = machine.callMethod(self, 'diagonal');
  fill(machine, diagonal, value, 'fill_diagonal_', [value]);
  return self;
}

function copy(machine: Machine, self: Value, source: Value): Value {
  if (!isTensor(self)) return self;
  return overwrite(machine, self, assigned(machine, self, source), {
    initializer: 'copy_',
    call: callOf(machine, self, 'copy_', [source]),
    isTakenOver: isTensor(source) && source.shows !== undefined && source.shows.parameter !== self.shows?.parameter,
  });
}

/** It shows another tensor's memory from here on; views of what it showed before do not. */
function takeOver(machine: Machine, self: Tensor, source: Value): void {
  machine.touch(self);
  if (isTensor(source)) {
    const { shape, dtype, storage, view } = source;
    Object.assign(self, { shape, dtype, storage, view });
  } else fillWith(machine, self, undefined);
}

function setItem(machine: Machine, self: Tensor, index: Value, value: Value): void {
  const { view, advanced } = indexed(machine, self, index);
  const target = view.operation === undefined ? view : self;
  const written = advanced.length > 0 && target === view ? withPicked(machine, view, advanced, value) : undefined;
  if (written !== undefined) return void overwrite(machine, target, written, { initializer: '__setitem__' });
  if (advanced.length > 0) target.view = { offset: target.view.offset, isWhole: false, strides: undefined };
  const values = assigned(machine, target, value);
  overwrite(machine, target, values, { initializer: '__setitem__' });
  if (target !== self && values.operation !== undefined && self.shows === undefined) joinInto(machine, self, values);
}

/** A signal that another was written into depends on both. */
function joinInto(machine: Machine, self: Tensor, values: Tensor): void {
  machine.touch(self);
  self.operation ??= values.operation;
}
