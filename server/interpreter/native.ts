/** What a library brings to the interpreter: functions, classes and modules in TypeScript. */
import { parse } from '../syntax/parse.js';
import type * as tree from '../syntax/tree.js';
import type { Machine } from './machine.js';
import {
  type Arguments,
  Bytes,
  ClassValue,
  Dict,
  Float,
  ModuleValue,
  NativeFunction,
  type NativeParameter,
  type NativeSignature,
  Singleton,
  Tuple,
  type Value,
} from './values.js';

/** A set of modules under one or more top-level names, such as `torch` or `math`. */
export interface Library {
  /**
   * The module of this dotted name: `torch.nn.init`; undefined when the library has none.
   * Called once per name and evaluation; the library may keep what it makes.
   */
  module(name: string, machine: Machine): ModuleValue | undefined;
}

/** What a parameter declared with the default `...` holds when the call does not give it. */
export const absent = new Singleton('<absent>');

/**
 * A function with a declared signature, written as Python writes it without annotations:
 * `native('normal_', 'tensor, mean=0.0, std=1.0, *, generator=None', (machine, tensor, mean, std) => …)`.
 * `*args` arrives as a Tuple, `**kwargs` as a Dict. Wrong arguments raise Python's TypeError before `run` is called.
 */
export function native(
  name: string,
  signature: string,
  run: (machine: Machine, ...bound: Value[]) => Value,
): NativeFunction {
  return new NativeFunction(name, signatureOf(signature), spreading(run));
}

/** Calls are so many that for few arguments a call is written out: a spread goes through an iterator. */
function spreading(run: (machine: Machine, ...bound: Value[]) => Value): NativeFunction['run'] {
  return (machine, _, bound) => {
    switch (bound.length) {
      case 1:
        return run(machine, bound[0]!);
      case 2:
        return run(machine, bound[0]!, bound[1]!);
      case 3:
        return run(machine, bound[0]!, bound[1]!, bound[2]!);
      default:
        return run(machine, ...bound);
    }
  };
}

/** A function that sees its arguments unbound. */
export function rawNative(name: string, run: (machine: Machine, args: Arguments) => Value): NativeFunction {
  return new NativeFunction(name, undefined, (machine, args) => run(machine, args));
}

/** A class whose methods are natives; `self` is their first parameter. */
export function nativeClass(
  name: string,
  moduleName: string,
  bases: readonly ClassValue[],
  attributes: Iterable<readonly [string, Value]>,
): ClassValue {
  const cls = new ClassValue(name, bases, new Map(attributes), moduleName);
  cls.mro = [cls, ...linearize(bases)];
  return cls;
}

/** A module with these names. */
export function nativeModule(
  name: string,
  attributes: Iterable<readonly [string, Value]>,
  lookup?: (name: string) => Value | undefined,
): ModuleValue {
  const module = new ModuleValue(name, lookup);
  for (const [key, value] of attributes) module.attributes.set(key, value);
  return module;
}

const signatures = new Map<string, NativeSignature>();

/** A signature, parsed once, when it is first needed. Defaults are literals: numbers, strings, None, tuples of them. */
export function signatureOf(text: string): NativeSignature {
  let signature = signatures.get(text);
  if (signature === undefined) {
    signature = new LazySignature(text);
    signatures.set(text, signature);
  }
  return signature;
}

/** Libraries declare thousands of functions, of which an evaluation calls a few. */
class LazySignature implements NativeSignature {
  #parameters: readonly NativeParameter[] | undefined;
  #isPlain: boolean | undefined;

  constructor(readonly text: string) {}

  get parameters(): readonly NativeParameter[] {
    this.#parameters ??= parametersOf(this.text);
    return this.#parameters;
  }

  get isPlain(): boolean {
    this.#isPlain ??= this.parameters.every(it => it.passing === 'any' || it.passing === 'positionalOnly');
    return this.#isPlain;
  }
}

function parametersOf(text: string): readonly NativeParameter[] {
  const definition = parse(`def f(${text}): pass\n`).body[0] as tree.FunctionDefinition;
  return definition.parameters.list.map(it => ({
    name: it.name.name,
    passing: it.passing,
    ...(it.default && { default: literal(it.default, text) }),
  }));
}

function literal(node: tree.Expression, text: string): Value {
  switch (node.kind) {
    case 'Int':
    case 'String':
    case 'Constant':
      return node.value;
    case 'Float':
      return new Float(node.value);
    case 'Bytes':
      return new Bytes(node.value);
    case 'Tuple':
      return new Tuple(node.elements.map(it => literal(it, text)));
    case 'Dictionary':
      return new Dict();
    case 'Ellipsis':
      return absent;
    case 'UnaryOperation': {
      const operand = literal(node.operand, text);
      if (operand instanceof Float) return new Float(-operand.value);
      return -(operand as number);
    }
    default:
      throw new Error(`signature "${text}": default of kind ${node.kind}`);
  }
}

/** Bases of natives never conflict: a plain depth-first order without duplicates, shared ancestors last. */
function linearize(bases: readonly ClassValue[]): ClassValue[] {
  const order: ClassValue[] = [];
  for (const base of bases.flatMap(it => it.mro)) {
    const at = order.indexOf(base);
    if (at >= 0) order.splice(at, 1);
    order.push(base);
  }
  return order;
}
