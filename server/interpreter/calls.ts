/** Calls: enters functions, makes instances. */
import { findInClass, findPatched } from './attributes.js';
import { bindNative, bindParameters, inOrder } from './binding.js';
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
  Func,
  Instance,
  NativeFunction,
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
  const method = findPatched(m, callee.cls, '__call__');
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
  const standIn = m.strict ? undefined : m.hooks.standIn?.(m, func, args);
  if (standIn !== undefined) return standIn;
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
  const create = findPatched(m, cls, '__new__');
  const plain = m.builtins.objectClass.attributes.get('__new__');
  // `object.__new__` looks at no argument: one that is several values must not make several objects.
  const instance = create === undefined || create === plain ? allocate(cls) : createBy(m, create, cls, args);
  if (instance instanceof ClassValue && instance.metaclass === cls) return initializeClass(m, instance, cls, args);
  if (!(instance instanceof Instance) || !instance.cls.mro.includes(cls)) return instance;
  const initialize = findPatched(m, instance.cls, '__init__');
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
