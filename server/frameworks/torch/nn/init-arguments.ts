/** Binds the arguments of an initializer as Python does, and remembers where each of them is written. */
import type { CallSite, Machine } from '../../../interpreter/machine.js';
import { numberOf, plainNumber } from '../../../interpreter/machine.js';
import { signatureOf } from '../../../interpreter/native.js';
import { powerOf } from '../../../interpreter/powers.js';
import type { Arguments, NativeParameter, Value } from '../../../interpreter/values.js';
import type { Building } from '../../../model/building.js';
import type { BoundArgument } from '../../../model/parameters.js';
import type { Site } from '../../../text/span.js';
import type { Plain } from '../initializers.js';

/** A mistake in the arguments, for which Python raises TypeError. */
export interface Misfit {
  readonly code: 'missing-argument' | 'wrong-argument';
  readonly parameter: string | null;
  readonly message: string;
}

export interface Bound {
  readonly values: ReadonlyMap<string, Value>;
  readonly misfit?: Misfit;
}

export function bindArguments(name: string, signature: string, args: Arguments): Bound {
  const { parameters } = signatureOf(signature);
  const values = new Map<string, Value>();
  parameters.forEach((parameter, i) => {
    const value = valueFor(parameter, i, args);
    if (value !== undefined) values.set(parameter.name, value);
  });
  const misfit = misfitOf(name, parameters, args, values);
  return misfit === undefined ? { values } : { values, misfit };
}

function valueFor(parameter: NativeParameter, index: number, args: Arguments): Value | undefined {
  const given = index < args.positional.length ? args.positional[index] : args.keywords.get(parameter.name);
  if (given !== undefined) return given;
  return parameter.default === undefined ? args.unknown : parameter.default;
}

function misfitOf(
  name: string,
  parameters: readonly NativeParameter[],
  { positional, keywords }: Arguments,
  values: ReadonlyMap<string, Value>,
): Misfit | undefined {
  if (positional.length > parameters.length) {
    const message = `${name}() takes ${parameters.length} positional arguments but ${positional.length} were given`;
    return { code: 'wrong-argument', parameter: null, message };
  }
  for (const keyword of keywords.keys()) {
    const at = parameters.findIndex(it => it.name === keyword);
    if (at < 0) return unfit(keyword, `${name}() got an unexpected keyword argument '${keyword}'`);
    if (at < positional.length) return unfit(keyword, `${name}() got multiple values for argument '${keyword}'`);
  }
  const missing = parameters.find(it => !values.has(it.name));
  if (missing === undefined) return undefined;
  const message = `${name}() missing 1 required positional argument: '${missing.name}'`;
  return { code: 'missing-argument', parameter: missing.name, message };
}

const unfit = (parameter: string, message: string): Misfit => ({ code: 'wrong-argument', parameter, message });

export function argument(
  name: string,
  value: BoundArgument['value'],
  power: BoundArgument['power'],
  site: Site | undefined,
  keyword: Site | undefined,
): BoundArgument {
  const bound: Building<BoundArgument> = { name };
  if (value !== undefined) bound.value = value;
  if (power !== undefined) bound.power = power;
  if (site !== undefined) bound.site = site;
  if (keyword !== undefined) bound.keyword = keyword;
  return bound;
}

/** The plain values among the arguments. */
export function plainOf(values: ReadonlyMap<string, Value>): Plain {
  const plain = new Map<string, number | string | boolean | null>();
  for (const [name, value] of values) {
    const known = plainValue(value);
    if (known !== undefined) plain.set(name, known);
  }
  return plain;
}

export function plainValue(value: Value | undefined): number | string | boolean | null | undefined {
  if (value === undefined || value === null || typeof value === 'string') return value;
  const plain = plainNumber(value);
  return typeof plain === 'boolean' ? plain : numberOf(plain);
}

/** Everything after the tensor, in the order of the signature, with the places that the call gives. */
export function boundArguments(
  machine: Machine,
  signature: string,
  args: Arguments,
  values: ReadonlyMap<string, Value>,
): readonly BoundArgument[] {
  const callSite = machine.callSite();
  const text = machine.frame?.module.text ?? '';
  const { parameters } = signatureOf(signature);
  const bound: BoundArgument[] = [];
  for (let i = 1; i < parameters.length; i++)
    bound.push(boundArgument(parameters[i]!.name, i, args, values, callSite, text));
  for (const name of args.keywords.keys()) {
    if (!parameters.some(it => it.name === name))
      bound.push(boundArgument(name, -1, args, args.keywords, callSite, text));
  }
  return bound;
}

function boundArgument(
  name: string,
  index: number,
  args: Arguments,
  values: ReadonlyMap<string, Value>,
  callSite: CallSite | undefined,
  text: string,
): BoundArgument {
  const given = values.get(name);
  const value = plainValue(given);
  const power = given === undefined ? undefined : powerOf(given);
  const keyword = callSite?.keywords.get(name);
  const hasStars = callSite?.positional.length !== args.positional.length;
  const site = keyword?.value ?? (hasStars ? undefined : callSite?.positional[index]);
  const bound = argument(name, value, power, site, keyword?.whole);
  const isGain = site !== undefined && GAIN.test(text.slice(site.start, site.end));
  return isGain ? { ...bound, isGain } : bound;
}

const GAIN = /^[\w.]*(\bcalculate_gain\(.*\)|\bgain)$/s;
