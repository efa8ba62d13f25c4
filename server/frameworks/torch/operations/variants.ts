/** One operation, several spellings: a function, a method, and the in-place form that ends in `_`. */
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import type { NativeFunction, Value } from '../../../interpreter/values.js';
import { describeCall } from '../calls.js';
import { isTensor, type Tensor } from '../tensor.js';
import { overwrite } from './in-place.js';

/** Where an operation is found: under `torch`, as a method of tensors, and with `_` behind its name in both. */
export type Places = 'both' | 'method' | 'function';

export interface Operation {
  readonly native: NativeFunction;
  readonly places: Places;
  readonly inPlace: NativeFunction | undefined;
}

export type Run = (machine: Machine, ...bound: Value[]) => Value;

export function operation(
  name: string,
  signature: string,
  run: Run,
  options: { readonly places?: Places; readonly inPlace?: boolean } = {},
): Operation {
  const plain = native(name, signature, run);
  return {
    native: plain,
    places: options.places ?? 'both',
    inPlace: options.inPlace === true ? inPlaceOf(plain, run) : undefined,
  };
}

/** Computes as the plain form does, then puts the values where the input lies. */
export function inPlaceOf(plain: NativeFunction, run: Run): NativeFunction {
  const name = `${plain.name}_`;
  return native(name, plain.signature!.text, (machine, self, ...bound) => {
    const result = run(machine, self!, ...bound);
    if (!isTensor(self) || !isTensor(result)) return result;
    return overwrite(machine, self, result, { initializer: name, call: callOf(machine, name, plain, self, bound) });
  });
}

function callOf(machine: Machine, name: string, plain: NativeFunction, self: Tensor, bound: readonly Value[]) {
  if (self.shows === undefined && self.operation !== undefined) return undefined;
  const parameters = plain.signature!.parameters.slice(1);
  return describeCall(machine, { initializer: name, form: 'method', parameters, bound, given: self, before: 0 });
}

export function methodsOf(operations: readonly Operation[]): readonly (readonly [string, Value])[] {
  return operations.filter(it => it.places !== 'function').flatMap(named);
}

export function functionsOf(operations: readonly Operation[]): readonly (readonly [string, Value])[] {
  return operations.filter(it => it.places !== 'method').flatMap(named);
}

function named({ native: plain, inPlace }: Operation): readonly (readonly [string, Value])[] {
  return inPlace === undefined
    ? [[plain.name, plain]]
    : [
        [plain.name, plain],
        [inPlace.name, inPlace],
      ];
}
