/** Describes a call of an initializer by its bound arguments and the places they are written at. */
import type { Machine } from '../../interpreter/machine.js';
import { type CallSite, numberOf } from '../../interpreter/machine.js';
import { powerOf } from '../../interpreter/powers.js';
import type { NativeParameter, Value } from '../../interpreter/values.js';
import type { BoundArgument, InitializerCall } from '../../model/parameters.js';
import { isMissing } from './arguments.js';
import { afterLoading } from './hugging-face.js';
import type { RecordedCall } from './storage.js';
import { targetOf } from './writes.js';

export interface CallRequest {
  readonly initializer: string;
  readonly form: InitializerCall['form'];
  /** Parameters after the tensor, with the values that were bound to them. */
  readonly parameters: readonly NativeParameter[];
  readonly bound: readonly Value[];
  /** What was given as the tensor; for a factory the tensor that it makes. */
  readonly given: Value;
  /** How many arguments are written before the first of `parameters`: 1 for the tensor of a function. */
  readonly before: number;
}

/** Undefined where the call is not in code that can be shown. */
export function describeCall(machine: Machine, request: CallRequest): RecordedCall | undefined {
  const place = machine.callSite();
  if (place === undefined) return undefined;
  const hook = afterLoading(machine);
  return {
    initializer: request.initializer,
    form: request.form,
    written: place.written,
    site: place.site,
    callee: place.callee,
    args: request.parameters.flatMap((it, i) => argumentOf(it, request.bound[i], place, i + request.before)),
    target: targetOf(request.given),
    given: request.given,
    uncalled: machine.flags.uncalled,
    ...(hook && { afterLoading: hook }),
  };
}

function argumentOf(
  { name, passing }: NativeParameter,
  value: Value | undefined,
  place: CallSite,
  position: number,
): readonly BoundArgument[] {
  if (passing === 'variadic' || passing === 'keywords') return [];
  const keyword = place.keywords.get(name);
  const site = keyword?.value ?? (passing === 'keywordOnly' ? undefined : place.positional[position]);
  const known = plain(value);
  const power = value === undefined ? undefined : powerOf(value);
  return [
    {
      name,
      ...(known !== undefined && { value: known }),
      ...(power && { power }),
      ...(site && { site }),
      ...(keyword && { keyword: keyword.whole }),
    },
  ];
}

function plain(value: Value | undefined): BoundArgument['value'] {
  if (isMissing(value)) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return numberOf(value);
}
