/** How builtin functions and methods are declared, and what they answer when an argument is not known. */
import { format } from '../../../core/size.js';
import type { Machine } from '../machine.js';
import { native } from '../native.js';
import {
  Address,
  ClassValue,
  Func,
  Instance,
  Iterator,
  List,
  ModuleValue,
  NativeFunction,
  Symbolic,
  Tuple,
  Union,
  Unknown,
  type Value,
} from '../values.js';

export type Entry = readonly [name: string, value: Value];
export type Table = readonly Entry[];
type Run = (m: Machine, ...bound: Value[]) => Value;

/** A function that copes with unknown arguments itself. Functions of builtin modules never bind `self`. */
export function lenient(name: string, signature: string, run: Run): Entry {
  const { signature: parsed, run: call } = native(name, signature, run);
  const guarded: NativeFunction['run'] = (m, args, bound) =>
    args.unknown === undefined ? call(m, args, bound) : unknownFrom(m, name, [args.unknown, ...bound]);
  return [name, new NativeFunction(name, parsed, guarded, false)];
}

/** A function that answers Unknown as soon as an argument is unknown. */
export function strict(name: string, signature: string, run: Run): Entry {
  return lenient(name, signature, (m, ...bound) =>
    bound.some(isVague) ? unknownFrom(m, name, bound) : run(m, ...bound),
  );
}

export interface Receiver<T> {
  /** Whether the type compares itself with the value. */
  readonly accepts: (value: Value) => boolean;
  /** A method that answers Unknown as soon as an argument is unknown. */
  readonly strict: (name: string, parameters: string, run: MethodOf<T>) => Entry;
  /** A method that copes with unknown arguments itself. */
  readonly lenient: (name: string, parameters: string, run: MethodOf<T>) => Entry;
}
type MethodOf<T> = (m: Machine, self: T, ...rest: Value[]) => Value;

/** Declares methods of a builtin type; they work on instances of classes derived from it too. */
export function receiver<T>(
  typeName: string,
  unwrap: (plain: Value) => T | undefined,
  accepts = (plain: Value) => unwrap(plain) !== undefined,
  before: (m: Machine, self: T) => void = () => {},
): Receiver<T> {
  const declare = (name: string, parameters: string, run: MethodOf<T>, isStrict: boolean): Entry => [
    name,
    native(name, withReceiver('self', parameters), (m, self, ...rest) => {
      const plain = unwrap(payloadOf(self));
      if (plain === undefined) return wrongReceiver(m, typeName, name, self);
      before(m, plain);
      return isStrict && rest.some(isVague) ? unknownFrom(m, name, rest) : run(m, plain, ...rest);
    }),
  ];
  return {
    accepts: value => accepts(payloadOf(value)),
    strict: (name, parameters, run) => declare(name, parameters, run, true),
    lenient: (name, parameters, run) => declare(name, parameters, run, false),
  };
}

/** A signature with a first parameter that no keyword can name. */
export function withReceiver(receiver: string, parameters: string): string {
  if (parameters === '') return `${receiver}, /`;
  return parameters.includes('/') ? `${receiver}, ${parameters}` : `${receiver}, /, ${parameters}`;
}

/** What a class derived from a builtin holds, or the value itself. */
export function payloadOf(value: Value): Value {
  return value instanceof Instance && value.payload !== undefined ? value.payload : value;
}

/** True for values of which natives cannot compute: unknown, symbolic, one of several, and tuples that hold such. */
export function isVague(value: Value): boolean {
  if (value instanceof Tuple) return value.items.some(isVague);
  return value instanceof Unknown || value instanceof Symbolic || value instanceof Union;
}

/** The same of a key: an address is found where it was put. */
export function isVagueKey(value: Value): boolean {
  if (value instanceof Tuple) return value.items.some(isVagueKey);
  return isVague(value) && !(value instanceof Address);
}

/** The answer of a function of which an argument is not known; says which. */
export function unknownFrom(m: Machine, name: string, args: readonly Value[], symbol?: string): Unknown {
  const inputs = inputsOf(args);
  return m.unknown(reasonFor(name, args), {
    ...(symbol !== undefined && { symbol }),
    ...(inputs.length > 0 && { inputs }),
    ...(args.some(it => holdsCode(m, it)) && { foreign: true }),
  });
}

/** Of longer lists only the first items are looked at. */
const LONGEST_SEARCHED = 4096;

/** Whether what is taken out of the value may be called to make modules, or be one. */
function holdsCode(m: Machine, value: Value): boolean {
  if (value instanceof Tuple || value instanceof List)
    return value.items.length > LONGEST_SEARCHED || value.items.some(it => holdsCode(m, it));
  if (value instanceof Instance) return m.hooks.hasWeights?.(m, value) ?? false;
  if (value instanceof Unknown) return value.foreign === true;
  return value instanceof ClassValue || value instanceof Func || value instanceof ModuleValue;
}

/** The tensors among the arguments and in what they hold. */
export function inputsOf(args: readonly Value[]): Instance[] {
  const inputs = new Set<Instance>();
  for (const value of args) addInputs(value, inputs);
  return [...inputs];
}

/** An error of a builtin: recorded, or raised where Python code waits for it. */
export function fail(m: Machine, exception: string, message: string): Unknown {
  return m.fault({ code: 'exception', exception, message });
}

/** An iterator that stays open when a loop over it is left early. One that asks itself for an item, where Python raises, has none. */
export function lazily(typeName: string, items: Iterable<Value>, isOpenEnded = false): Iterator {
  const source = items[Symbol.iterator]();
  let isRunning = false;
  const next = (): IteratorResult<Value> => {
    if (isRunning) return { done: true, value: undefined };
    isRunning = true;
    try {
      return source.next();
    } finally {
      isRunning = false;
    }
  };
  return new Iterator({ next }, typeName, isOpenEnded);
}

/** The iterator of a value, to be pulled by hand. */
export function pull(m: Machine, value: Value): globalThis.Iterator<Value> {
  return m.iterate(value)[Symbol.iterator]();
}

/** The name that an expression of unknown values stands under, if all of its parts have one. */
export function symbolFor(name: string, args: readonly Value[]): string | undefined {
  const parts = args.map(partOf);
  return parts.includes(undefined) ? undefined : `${name}(${parts.join(', ')})`;
}

function partOf(value: Value): string | undefined {
  if (value instanceof Unknown) return value.symbol;
  if (value instanceof Symbolic) return format(value.size);
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
}

function reasonFor(name: string, args: readonly Value[]): string {
  const flat = args.flatMap(it => (it instanceof Tuple ? it.items.slice(0, LONGEST_SEARCHED) : [it]));
  const unknown = flat.find(it => it instanceof Unknown);
  if (unknown instanceof Unknown) return unknown.symbol === undefined ? unknown.reason : notKnown(unknown.symbol);
  const symbolic = flat.find(it => it instanceof Symbolic);
  if (symbolic instanceof Symbolic) return notKnown(format(symbolic.size));
  return `an argument of \`${name}\` is not known`;
}

const notKnown = (symbol: string): string => `\`${symbol}\` is not known`;

function addInputs(value: Value, inputs: Set<Instance>): void {
  if (value instanceof Instance) {
    if (value.tracked) inputs.add(value);
  } else if (value instanceof Unknown) {
    for (const it of value.inputs ?? []) inputs.add(it);
  } else if (value instanceof Tuple || value instanceof List) {
    const { items } = value;
    for (let i = 0; i < items.length && i < LONGEST_SEARCHED; i++) addInputs(items[i]!, inputs);
  }
}

function wrongReceiver(m: Machine, typeName: string, name: string, self: Value): Value {
  if (isVague(self)) return unknownFrom(m, name, [self]);
  const message = `descriptor '${name}' for '${typeName}' objects doesn't apply to a '${m.classOf(self).name}' object`;
  return fail(m, 'TypeError', message);
}
