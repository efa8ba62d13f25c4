/** Binds the arguments of a call to the parameters of what is called. */
import type * as tree from '../syntax/tree.js';
import { itemOfUnknown } from './attributes.js';
import type { Machine } from './machine.js';
import {
  type Arguments,
  Dict,
  type Func,
  type NativeFunction,
  type NativeParameter,
  type NativeSignature,
  Tuple,
  type Unknown,
  type Value,
} from './values.js';

export function bindParameters(m: Machine, func: Func, given: Arguments, variables: Map<string, Value>): void {
  const args = given.unknown === undefined ? given : filled(given, requiredOf, func);
  const { positional, keywords } = args;
  const parameters = func.definition.parameters.list;
  let next = 0;
  let used = 0;
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i]!;
    const name = parameter.name.name;
    switch (parameter.passing) {
      case 'variadic':
        variables.set(name, args.unknown ?? new Tuple(positional.slice(next)));
        next = positional.length;
        continue;
      case 'keywords':
        variables.set(name, restOf(func.definition.parameters, args));
        used = keywords.size;
        continue;
      case 'keywordOnly':
        break;
      default:
        if (next < positional.length) {
          variables.set(name, positional[next++]!);
          continue;
        }
    }
    const named = parameter.passing === 'positionalOnly' ? undefined : keywords.get(name);
    if (named !== undefined) used++;
    variables.set(name, named === undefined ? defaultOf(m, func, parameter, args) : named);
  }
  if (func.alteredBy !== undefined) return;
  if (next < positional.length) tooMany(m, func, positional.length);
  if (used < keywords.size) unexpectedKeyword(m, func, keywords);
}

const requiredOf = ({ definition, defaults }: Func): readonly string[] =>
  definition.parameters.list
    .filter(({ passing, name }) => (passing === 'any' || passing === 'positionalOnly') && !defaults.has(name.name))
    .map(it => it.name.name);

/** A star of unknown length stands for the required arguments that the others leave; what comes behind it stays last. */
function filled<T>(args: Arguments, required: (of: T) => readonly string[], of: T): Arguments {
  const { positional, keywords, unknown, behindStar = 0 } = args;
  if (unknown === undefined || behindStar === 0) return args;
  const missing = required(of).filter(it => !keywords.has(it)).length - positional.length;
  const before = positional.slice(0, positional.length - behindStar);
  const { behindStar: _, ...others } = args;
  if (missing < 1) return { ...others, positional: before };
  const items = Array.from({ length: missing }, (_, i) => itemOfUnknown(unknown, i));
  return { ...others, positional: [...before, ...items, ...positional.slice(-behindStar)] };
}

function restOf(parameters: tree.Parameters, args: Arguments): Value {
  const named = new Set(
    parameters.list.filter(it => it.passing === 'any' || it.passing === 'keywordOnly').map(it => it.name.name),
  );
  const rest = Dict.of([...args.keywords].filter(([name]) => !named.has(name)));
  if (args.unknown !== undefined) rest.more = args.unknown;
  return rest;
}

function defaultOf(m: Machine, func: Func, parameter: tree.Parameter, args: Arguments): Value {
  const name = parameter.name.name;
  if (args.unknown !== undefined) return args.unknown;
  const value = func.defaults.get(name);
  if (value !== undefined) return value;
  if (func.alteredBy !== undefined) return func.alteredBy.derive(name);
  return m.fault({
    code: 'exception',
    exception: 'TypeError',
    message: `${func.name}() missing a required argument: '${name}'`,
  });
}

function tooMany(m: Machine, func: Func, given: number): void {
  const message = `${func.name}() takes fewer than the ${given} positional arguments given`;
  m.fault({ code: 'exception', exception: 'TypeError', message });
}

function unexpectedKeyword(m: Machine, func: Func, keywords: ReadonlyMap<string, Value>): void {
  const known = func.definition.parameters.list;
  if (known.some(it => it.passing === 'keywords')) return;
  const name = [...keywords.keys()].find(
    key => !known.some(it => it.name.name === key && it.passing !== 'positionalOnly'),
  );
  if (name === undefined) return;
  const message = `${func.name}() got an unexpected keyword argument '${name}'`;
  m.fault({ code: 'exception', exception: 'TypeError', message });
}

// ── natives ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The bound values where there is an argument in its place for every parameter, as in most calls. */
export function inOrder({ isPlain, parameters }: NativeSignature, { positional, keywords, unknown }: Arguments) {
  const fits = positional.length === parameters.length && keywords.size === 0 && unknown === undefined;
  return fits && isPlain ? positional : undefined;
}

/** The bound values; Unknown when the arguments do not fit and evaluation goes on. */
export function bindNative(
  m: Machine,
  callee: NativeFunction,
  parameters: readonly NativeParameter[],
  args: Arguments,
): Value[] | Unknown {
  const bound = new Array<Value>(parameters.length);
  const { positional, keywords } = args.unknown === undefined ? args : filled(args, requiredIn, parameters);
  let next = 0;
  let used = 0;
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i]!;
    const { name, passing } = parameter;
    if (passing === 'variadic') {
      // A star of unknown length may stand for any number: one unknown in place of them all.
      bound[i] = new Tuple(args.unknown === undefined ? positional.slice(next) : [args.unknown.derive()]);
      next = positional.length;
      continue;
    }
    if (passing === 'keywords') {
      bound[i] = restIn(parameters, keywords, args.unknown);
      used = keywords.size;
      continue;
    }
    if (passing !== 'keywordOnly' && next < positional.length) {
      bound[i] = positional[next++]!;
      continue;
    }
    const given = passing === 'positionalOnly' ? undefined : keywords.get(name);
    if (given !== undefined) used++;
    const value = given !== undefined ? given : parameter.default !== undefined ? parameter.default : args.unknown;
    if (value === undefined)
      return misfit(m, `${callee.name}() missing required argument: '${name}'`, 'missing-argument', name, callee);
    bound[i] = value;
  }
  if (next < positional.length) return surplus(m, callee, parameters.length, positional.length);
  const free = used === keywords.size ? undefined : keywordBeyond(parameters, keywords);
  return free === undefined ? bound : unexpected(m, callee, free);
}

function restIn(
  parameters: readonly NativeParameter[],
  keywords: Arguments['keywords'],
  unknown: Unknown | undefined,
): Dict {
  const rest = Dict.of([...keywords].filter(([key]) => !takesKeyword(parameters, key)));
  if (unknown !== undefined) rest.more = unknown;
  return rest;
}

const keywordBeyond = (parameters: readonly NativeParameter[], keywords: Arguments['keywords']): string | undefined =>
  [...keywords.keys()].find(it => !takesKeyword(parameters, it));

const takesKeyword = (parameters: readonly NativeParameter[], key: string): boolean =>
  parameters.some(it => it.name === key && it.passing !== 'positionalOnly');

function surplus(m: Machine, callee: NativeFunction, taken: number, given: number): Unknown {
  const message = `${callee.name}() takes ${taken} positional arguments but ${given} were given`;
  return misfit(m, message, 'wrong-argument', null, callee);
}

function unexpected(m: Machine, callee: NativeFunction, name: string): Unknown {
  const message = `${callee.name}() got an unexpected keyword argument '${name}'`;
  return misfit(m, message, 'wrong-argument', name, callee);
}

const requiredIn = (parameters: readonly NativeParameter[]): readonly string[] =>
  parameters
    .filter(it => (it.passing === 'any' || it.passing === 'positionalOnly') && it.default === undefined)
    .map(it => it.name);

function misfit(
  m: Machine,
  message: string,
  code: 'missing-argument' | 'wrong-argument',
  parameter: string | null,
  callee: NativeFunction,
): Unknown {
  return m.fault({ code, exception: 'TypeError', message, details: { parameter, function: callee.name } });
}
