/** Describes a call of an initializer by its bound arguments and the places they are written at. */
import type { Machine } from '../../interpreter/machine.js';
import { type CallSite, numberOf } from '../../interpreter/machine.js';
import { powerOf } from '../../interpreter/powers.js';
import type { NativeParameter, Value } from '../../interpreter/values.js';
import type { Building } from '../../model/building.js';
import type { BoundArgument, InitializerCall } from '../../model/parameters.js';
import { isMissing } from './arguments.js';
import { afterLoading } from './hugging-face.js';
import { argument } from './nn/init-arguments.js';
import type { RecordedCall } from './storage.js';
import { seedBefore, targetOf } from './writes.js';

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
  /** Leaves out what the call does not give. */
  readonly onlyWritten?: boolean;
}

/** Undefined where the call is not in code that can be shown. */
export function describeCall(machine: Machine, request: CallRequest): RecordedCall | undefined {
  const place = machine.callSite();
  if (place === undefined) return undefined;
  const call: Building<RecordedCall> = {
    initializer: request.initializer,
    form: request.form,
    written: place.written,
    site: place.site,
    callee: place.callee,
    args: argumentsOf(request, place),
    target: targetOf(request.given),
    given: request.given,
    uncalled: machine.flags.uncalled,
  };
  const seed = seedBefore(machine, request.given);
  if (seed !== undefined) call.seed = seed;
  const hook = afterLoading(machine);
  if (hook !== undefined) call.afterLoading = hook;
  if (isOfMember(place.written)) call.namesMember = true;
  return call;
}

/** Of a call as it is written, or of its tensor: `self.conv.weight.data.normal_`, `self.conv.weight`. */
export const isOfMember = (written: string): boolean => /^self\.\w/.test(written);

function argumentsOf(
  { parameters, bound, before, onlyWritten }: CallRequest,
  place: CallSite,
): readonly BoundArgument[] {
  const args: BoundArgument[] = [];
  for (const [i, { name, passing }] of parameters.entries()) {
    if (passing === 'variadic' || passing === 'keywords') continue;
    const keyword = place.keywords.get(name);
    const site = keyword?.value ?? (passing === 'keywordOnly' ? undefined : place.positional[i + before]);
    if (site === undefined && onlyWritten === true) continue;
    const value = bound[i];
    const power = value === undefined ? undefined : powerOf(value);
    args.push(argument(name, plain(value), power, site, keyword?.whole));
  }
  return args;
}

function plain(value: Value | undefined): BoundArgument['value'] {
  if (isMissing(value)) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return numberOf(value);
}
