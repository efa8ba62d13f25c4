/** Calls: binds arguments, enters functions, makes instances. */
import type * as tree from '../syntax/tree.js';
import { findInClass, itemOfUnknown } from './attributes.js';
import { bounded } from './bounded.js';
import { rehearseCallbacks } from './callbacks.js';
import { evaluate } from './expressions.js';
import { Frame, isBottomless } from './frame.js';
import { runGenerator } from './generators.js';
import type { Machine } from './machine.js';
import { NotKnown } from './raised.js';
import { Scope } from './scope.js';
import { executeBody } from './statements.js';
import {
  type Arguments,
  BoundMethod,
  ClassValue,
  Descriptor,
  Dict,
  Func,
  Instance,
  NativeFunction,
  type NativeParameter,
  type NativeSignature,
  noKeywords,
  Tuple,
  Union,
  Unknown,
  type Value,
} from './values.js';

export function callValue(m: Machine, callee: Value, args: Arguments): Value {
  if (callee instanceof Func) return callFunction(m, callee, args);
  if (callee instanceof NativeFunction) return callNative(m, callee, args);
  if (callee instanceof BoundMethod) return callValue(m, callee.callee, withSelf(callee.self, args));
  if (callee instanceof ClassValue) return construct(m, callee, args);
  if (callee instanceof Unknown) return callUnknown(m, callee, args);
  if (callee instanceof Union) return callUnion(m, callee, args);
  if (callee instanceof Descriptor) return callValue(m, callee.get, args);
  if (callee instanceof Instance) return callInstance(m, callee, args);
  return notCallable(m, callee);
}

const callUnion = (m: Machine, callee: Union, args: Arguments): Value =>
  m.distribute(callee, it => callValue(m, it, args));

const withSelf = (self: Value, args: Arguments): Arguments => {
  const positional = behind(self, args.positional);
  return args.unknown === undefined ? { positional, keywords: args.keywords } : { ...args, positional };
};

/** As long as it is: an array that grows takes more. */
function behind(first: Value, others: readonly Value[]): readonly Value[] {
  const values = new Array<Value>(others.length + 1);
  values[0] = first;
  for (let i = 0; i < others.length; i++) values[i + 1] = others[i]!;
  return values;
}

function callInstance(m: Machine, callee: Instance, args: Arguments): Value {
  const method = findInClass(callee.cls, '__call__');
  if (method !== undefined) return callValue(m, method, withSelf(callee, args));
  const base = callee.cls.mro.find(it => it.unknownBase)?.unknownBase;
  if (base !== undefined) return callUnknown(m, base, args);
  return notCallable(m, callee);
}

function notCallable(m: Machine, callee: Value): Value {
  return m.fault({
    code: callee === null ? 'none-callable' : 'exception',
    exception: 'TypeError',
    message: `'${m.classOf(callee).name}' object is not callable`,
  });
}

/** Unseen code may do anything to the modules and tensors that it is given. */
function callUnknown(m: Machine, callee: Unknown, args: Arguments): Value {
  const inputs = new Set<Instance>(callee.inputs ?? []);
  if (callee.foreign) m.incomplete(callee.reason);
  for (const value of [...args.positional, ...args.keywords.values()]) noteArgument(m, value, inputs, callee);
  rehearseCallbacks(m, args.positional);
  const result = callee.derive(undefined, [...inputs], callee.origin);
  return result.site === undefined ? result.noticedAt(m.site()) : result;
}

function noteArgument(m: Machine, value: Value, inputs: Set<Instance>, callee: Unknown): void {
  if (value instanceof Tuple) for (const item of value.items) noteArgument(m, item, inputs, callee);
  if (value instanceof Unknown) for (const input of value.inputs ?? []) inputs.add(input);
  if (!(value instanceof Instance)) return;
  if (value.tracked) inputs.add(value);
  if (m.hooks.hasWeights?.(m, value)) m.incomplete(callee.reason);
  m.hooks.escape?.(m, value);
}

// ── functions in Python ─────────────────────────────────────────────────────────────────────────────────────────────

function callFunction(m: Machine, func: Func, args: Arguments): Value {
  if (func.alteredBy !== undefined) m.incomplete(func.alteredBy.reason);
  const isFromBody = m.importsInPassing > 0 && m.frame?.func === undefined;
  return isFromBody ? callInPassing(m, func, args) : enterFunction(m, func, args);
}

/** Packages call some functions in every one of their modules. */
const STEPS_PER_CALL = 20_000;

const callInPassing = (m: Machine, func: Func, args: Arguments): Value =>
  bounded(m, func, STEPS_PER_CALL, () => enterFunction(m, func, args));

function enterFunction(m: Machine, func: Func, args: Arguments): Value {
  m.step();
  m.entered.add(func.definition);
  if (!m.strict && m.hooks.passesOver?.(func)) return m.unknown(`\`${func.name}\` is not followed`);
  if (m.doubts > 0 && isBottomless(m.frame, func, m.doubts)) return bottomless(m, func);
  const scope = new Scope('function', func.scope);
  bindParameters(m, func, args, scope.variables);
  const caller = m.frame;
  const direct = m.directCall;
  const frame = new Frame(func.module, scope, caller, func);
  frame.doubts = m.doubts;
  if (func.definition.kind === 'FunctionDefinition' && func.definition.isGenerator) {
    return runGenerator(m, frame, func.definition);
  }
  m.enter(frame);
  m.directCall = undefined;
  try {
    return func.definition.kind === 'Lambda'
      ? evaluate(m, frame, func.definition.body)
      : executeBody(m, frame, func.definition.body);
  } finally {
    m.frame = caller;
    m.directCall = direct;
  }
}

function bottomless(m: Machine, func: Func): Value {
  const reason = `it is not known how often \`${func.name}\` calls itself`;
  m.incomplete(reason);
  return m.unknown(reason);
}

function bindParameters(m: Machine, func: Func, given: Arguments, variables: Map<string, Value>): void {
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

function callNative(m: Machine, callee: NativeFunction, args: Arguments): Value {
  m.step();
  const at = unionIn(args.positional);
  if (at >= 0) return callForEach(m, callee, args, at);
  const { signature } = callee;
  const bound =
    signature === undefined ? nothing : (inOrder(signature, args) ?? bindNative(m, callee, signature.parameters, args));
  return bound instanceof Unknown ? bound : runNative(m, callee, args, bound);
}

/** Once for every value that an argument may have. */
const callForEach = (m: Machine, callee: NativeFunction, args: Arguments, at: number): Value =>
  m.distribute(args.positional[at] as Union, it =>
    callNative(m, callee, { ...args, positional: args.positional.with(at, it) }),
  );

/** A call that no code has written, of a native with one parameter for every argument. */
export function callUnwritten(m: Machine, callee: NativeFunction, positional: readonly Value[]): Value {
  m.step();
  const direct = m.directCall;
  m.directCall = undefined;
  try {
    return runNative(m, callee, { positional, keywords: noKeywords }, positional);
  } finally {
    m.directCall = direct;
  }
}

function runNative(m: Machine, callee: NativeFunction, args: Arguments, bound: readonly Value[]): Value {
  m.natives++;
  try {
    return callee.run(m, args, bound);
  } catch (error) {
    if (error instanceof NotKnown) return error.value;
    throw error;
  } finally {
    m.natives--;
  }
}

const nothing: readonly Value[] = [];

function unionIn(values: readonly Value[]): number {
  for (let i = 0; i < values.length; i++) if (values[i] instanceof Union) return i;
  return -1;
}

/** The bound values where there is an argument in its place for every parameter, as in most calls. */
function inOrder({ isPlain, parameters }: NativeSignature, { positional, keywords, unknown }: Arguments) {
  const fits = positional.length === parameters.length && keywords.size === 0 && unknown === undefined;
  return fits && isPlain ? positional : undefined;
}

/** The bound values; Unknown when the arguments do not fit and evaluation goes on. */
function bindNative(
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

// ── instances ───────────────────────────────────────────────────────────────────────────────────────────────────────

function construct(m: Machine, cls: ClassValue, args: Arguments): Value {
  const ofMeta = cls.metaclass && findInClass(cls.metaclass, '__call__');
  if (ofMeta !== undefined && ofMeta !== m.builtins.typeClass.attributes.get('__call__')) {
    return callValue(m, ofMeta, withSelf(cls, args));
  }
  return constructPlainly(m, cls, args);
}

/** `type.__call__`: `__new__`, then `__init__` when that gave an instance of the class. */
export function constructPlainly(m: Machine, cls: ClassValue, args: Arguments): Value {
  noteAltered(m, cls);
  const create = findInClass(cls, '__new__');
  const plain = m.builtins.objectClass.attributes.get('__new__');
  // `object.__new__` looks at no argument: one that is several values must not make several objects.
  const instance = create === undefined || create === plain ? allocate(cls) : createBy(m, create, cls, args);
  if (instance instanceof ClassValue && instance.metaclass === cls) return initializeClass(m, instance, cls, args);
  if (!(instance instanceof Instance) || !instance.cls.mro.includes(cls)) return instance;
  const initialize = findInClass(instance.cls, '__init__');
  if (initialize !== undefined) callValue(m, initialize, withSelf(instance, args));
  else noteUnknownBase(m, cls, args);
  m.instances++;
  m.hooks.constructed?.(m, instance, args);
  return instance;
}

function noteAltered(m: Machine, { mro }: ClassValue): void {
  for (let i = 0; i < mro.length; i++) {
    const { alteredBy } = mro[i]!;
    if (alteredBy !== undefined) m.incomplete(alteredBy.reason);
  }
}

/** A metaclass that is called makes a class, and initializes it. */
function initializeClass(m: Machine, made: ClassValue, meta: ClassValue, args: Arguments): ClassValue {
  const initialize = findInClass(meta, '__init__');
  if (initialize instanceof Func) callValue(m, initialize, withSelf(made, args));
  return made;
}

function noteUnknownBase(m: Machine, cls: ClassValue, args: Arguments): void {
  const base = cls.mro.find(it => it.unknownBase)?.unknownBase;
  if (base !== undefined) callUnknown(m, base, args);
}

function createBy(m: Machine, create: Value, cls: ClassValue, args: Arguments): Value {
  return callValue(m, create instanceof Descriptor ? create.get : create, withSelf(cls, args));
}

/** `object.__new__`. */
export function allocate(cls: ClassValue): Instance {
  for (let i = 0; i < cls.mro.length; i++) {
    const own = cls.mro[i]!.allocate;
    if (own !== undefined) return own(cls);
  }
  return new Instance(cls);
}
