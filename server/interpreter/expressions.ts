/** Evaluates expressions. */
import type * as tree from '../syntax/tree.js';
import { assign } from './assign.js';
import { getAttribute, getItem, quickItem } from './attributes.js';
import { store } from './builtins/dict.js';
import { callValue } from './calls.js';
import { compareValues } from './compare.js';
import { evaluateComprehension, evaluateDictComprehension } from './comprehensions.js';
import type { Frame } from './frame.js';
import { makeFunction } from './functions.js';
import { joinedString } from './interpolation.js';
import { noticing } from './iteration.js';
import { noteKindAsked } from './kinds.js';
import type { Machine } from './machine.js';
import { namedItem } from './named-items.js';
import { nameValue } from './names.js';
import { branchOn } from './narrow.js';
import { noneReadAt } from './none-reads.js';
import { binary, unary } from './operators.js';
import { setDisplay } from './set-display.js';
import { spreadKeywords } from './spread-keywords.js';
import {
  type Arguments,
  BoundMethod,
  Bytes,
  ClassValue,
  Dict,
  ellipsis,
  Float,
  Instance,
  List,
  noKeywords,
  Slice,
  Super,
  Tuple,
  Union,
  type Unknown,
  Unknown as UnknownValue,
  type Value,
} from './values.js';

export function evaluate(m: Machine, frame: Frame, node: tree.Expression): Value {
  switch (node.kind) {
    case 'Name':
      return nameValue(m, frame, node);
    case 'Attribute':
      return attributeValue(m, frame, node);
    case 'Call':
      return call(m, frame, node);
    case 'Int':
    case 'String':
    case 'Constant':
      return node.value;
    case 'Float':
      return new Float(node.value);
    case 'Subscript':
      return subscript(m, frame, node);
    case 'BinaryOperation':
      return operation(m, frame, node);
    case 'UnaryOperation':
      return unaryOperation(m, frame, node);
    case 'Tuple':
      return tupleOf(m, elements(m, frame, node.elements));
    case 'List':
      return elements(m, frame, node.elements);
    case 'Comparison':
      return comparison(m, frame, node);
    case 'BooleanOperation':
      return booleanOperation(m, frame, node, 0);
    case 'Conditional':
      return conditional(m, frame, node);
    case 'Lambda':
      return makeFunction(m, frame, node, '<lambda>');
    case 'Dictionary':
      return dictionary(m, frame, node);
    case 'Set':
      return setDisplay(m, node.elements, elements(m, frame, node.elements));
    case 'Comprehension':
      return evaluateComprehension(m, frame, node);
    case 'DictComprehension':
      return evaluateDictComprehension(m, frame, node);
    case 'JoinedString':
      return joined(m, frame, node);
    case 'Slice':
      return new Slice(optional(m, frame, node.lower), optional(m, frame, node.upper), optional(m, frame, node.step));
    case 'NamedExpression':
      return named(m, frame, node);
    case 'Bytes':
      return new Bytes(node.value);
    case 'Ellipsis':
      return ellipsis;
    case 'Starred':
    case 'Await':
      return evaluate(m, frame, node.value);
    case 'Yield':
    case 'YieldFrom':
      return sent(m, frame, node);
    case 'Imaginary':
      return m.unknown('a complex number');
    case 'TemplateString':
      return m.unknown('a template string');
    case 'Missing':
      return m.unknown('the code is not finished');
  }
}

/** What a `yield` came to, if it stands where the walker of generators looks for one. */
function sent(m: Machine, frame: Frame, node: tree.Expression): Value {
  const value = frame.sent?.get(node);
  if (value !== undefined) return value;
  m.inexact('a `yield` in this place is not followed');
  return m.unknown('what is sent into a generator');
}

// A function that makes a closure keeps its parameters on the heap, call by call: what is rare stands in functions of its own.

const joined = (m: Machine, frame: Frame, node: tree.JoinedString): Value =>
  joinedString(m, node, it => evaluate(m, frame, it));

const optional = (m: Machine, frame: Frame, node: tree.Expression | undefined): Value =>
  node === undefined ? null : evaluate(m, frame, node);

function attributeValue(m: Machine, frame: Frame, node: tree.Attribute): Value {
  const object = evaluate(m, frame, node.value);
  frame.node = node;
  m.step();
  if (object === null || typeof object === 'object') noteNone(m, frame, node, object);
  return getAttribute(m, object, node.attribute.name);
}

/** Remembers that `x.bias` is what `data` of `x.bias.data` is asked of, in case it is None. */
function noteNone(m: Machine, frame: Frame, node: tree.Attribute, object: Value): void {
  m.noneReadFrom = undefined;
  if (node.value.kind !== 'Attribute') return;
  if (object !== null && !(object instanceof Union)) return;
  m.noneReadFrom = noneReadAt(m, frame, node.value, node);
}

function subscript(m: Machine, frame: Frame, node: tree.Subscript): Value {
  const object = evaluate(m, frame, node.value);
  const index = evaluate(m, frame, node.index);
  const quick = quickItem(object, index);
  if (quick !== undefined) return quick;
  frame.node = node;
  return namedItem(getItem(m, object, index), object, node);
}

function operation(m: Machine, frame: Frame, node: tree.BinaryOperation): Value {
  const left = evaluate(m, frame, node.left);
  const right = evaluate(m, frame, node.right);
  frame.node = node;
  m.directCall = undefined;
  return binary(m, node.operator, left, right);
}

function unaryOperation(m: Machine, frame: Frame, node: tree.UnaryOperation): Value {
  const operand = evaluate(m, frame, node.operand);
  frame.node = node.operator === 'not' ? node.operand : node;
  return unary(m, node.operator, operand);
}

/** The items of a display or a call, stars unpacked. */
function elements(m: Machine, frame: Frame, nodes: readonly tree.Expression[]): List {
  const plain = plainElements(m, frame, nodes);
  const list = new List(plain);
  for (let i = plain.length; i < nodes.length; i++) {
    const node = nodes[i]!;
    if (node.kind !== 'Starred') {
      list.items.push(evaluate(m, frame, node));
      continue;
    }
    const { result, more } = itemsOf(m, evaluate(m, frame, node.value));
    list.items.push(...result);
    list.more ??= more;
  }
  return list;
}

/** What stands before the first star, behind what a method is bound to: no longer than it is, for there are many. */
function plainElements(m: Machine, frame: Frame, nodes: readonly tree.Expression[], self?: Value): Value[] {
  let count = 0;
  while (count < nodes.length && nodes[count]!.kind !== 'Starred') count++;
  const first = self === undefined ? 0 : 1;
  const values = new Array<Value>(first + count);
  if (self !== undefined) values[0] = self;
  for (let i = 0; i < count; i++) values[first + i] = evaluate(m, frame, nodes[i]!);
  return values;
}

const itemsOf = (m: Machine, value: Value) => noticing(m, () => [...m.iterate(value)]);

/** In strict mode not even the length may be guessed. */
const tupleOf = (m: Machine, { items, more }: List): Value =>
  more !== undefined && m.strict ? more.derive() : new Tuple(items);

function dictionary(m: Machine, frame: Frame, node: tree.Dictionary): Value {
  const dict = new Dict();
  for (const { key, value } of node.entries) {
    if (key === undefined) {
      const merged = evaluate(m, frame, value);
      m.callMethod(dict, 'update', [merged]);
      continue;
    }
    const name = evaluate(m, frame, key);
    store(m, dict, name, evaluate(m, frame, value));
  }
  return dict;
}

function named(m: Machine, frame: Frame, node: tree.NamedExpression): Value {
  const value = evaluate(m, frame, node.value);
  const scope = frame.scope;
  frame.scope = scope.nearestFunction;
  assign(m, frame, node.target, value);
  frame.scope = scope;
  return value;
}

function comparison(m: Machine, frame: Frame, node: tree.Comparison): Value {
  let left = comparedOperand(m, frame, node);
  for (let i = 0; i < node.operators.length; i++) {
    const operator = node.operators[i]!;
    const right = evaluate(m, frame, node.comparators[i]!);
    frame.node = node;
    const overloaded = overloadedComparison(m, operator, left, right);
    if (overloaded !== undefined) return overloaded;
    const answer = compareValues(m, operator, left, right);
    noteKindAsked(m, frame, node, [left, right], answer);
    if (answer === undefined) return m.unknown('the comparison is not decided');
    if (!answer) return false;
    left = right;
  }
  return true;
}

function comparedOperand(m: Machine, frame: Frame, node: tree.Comparison): Value {
  const withNone = node.comparators[0]?.kind === 'Constant' && node.comparators[0].value === null;
  if (!withNone) return evaluate(m, frame, node.left);
  m.flags.comparingWithNone = true;
  try {
    return evaluate(m, frame, node.left);
  } finally {
    m.flags.comparingWithNone = false;
  }
}

const comparisonMethods: Record<string, string> = {
  '<': '__lt__',
  '<=': '__le__',
  '>': '__gt__',
  '>=': '__ge__',
  '==': '__eq__',
  '!=': '__ne__',
};

/** What an order is called from the other side. */
const reflected: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** A comparison of tensors gives a tensor, not a truth. */
function overloadedComparison(m: Machine, operator: string, a: Value, b: Value): Value | undefined {
  return comparedBy(m, a, b, operator) ?? comparedBy(m, b, a, reflected[operator] ?? operator);
}

function comparedBy(m: Machine, self: Value, other: Value, operator: string): Value | undefined {
  if (!comparesElementwise(self)) return undefined;
  const method = comparisonMethods[operator];
  const found = method === undefined ? undefined : m.findMethod(self, method);
  return found && m.call(found, [self, other]);
}

const comparesElementwise = (value: Value): boolean =>
  (value instanceof Instance || value instanceof Float) && value.cls?.comparesElementwise === true;

function booleanOperation(m: Machine, frame: Frame, node: tree.BooleanOperation, at: number): Value {
  const test = node.values[at]!;
  const value = evaluate(m, frame, test);
  if (at === node.values.length - 1) return value;
  frame.node = test;
  const truth = m.truth(value);
  const goesOn = node.operator === 'and';
  if (truth === undefined) return undecidedOperation(m, frame, node, at, value);
  return truth === goesOn ? booleanOperation(m, frame, node, at + 1) : value;
}

function undecidedOperation(m: Machine, frame: Frame, node: tree.BooleanOperation, at: number, value: Value): Value {
  const test = node.values[at]!;
  const goesOn = node.operator === 'and';
  const rest = () => booleanOperation(m, frame, node, at + 1);
  return m.fork([() => branchOn(m, frame, test, goesOn, rest), () => branchOn(m, frame, test, !goesOn, () => value)]);
}

function conditional(m: Machine, frame: Frame, node: tree.Conditional): Value {
  const test = evaluate(m, frame, node.test);
  frame.node = node.test;
  const truth = m.truth(test);
  if (truth !== undefined) return evaluate(m, frame, truth ? node.body : node.otherwise);
  return undecidedConditional(m, frame, node);
}

const undecidedConditional = (m: Machine, frame: Frame, node: tree.Conditional): Value =>
  m.fork([
    () => branchOn(m, frame, node.test, true, () => evaluate(m, frame, node.body)),
    () => branchOn(m, frame, node.test, false, () => evaluate(m, frame, node.otherwise)),
  ]);

// ── calls ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function call(m: Machine, frame: Frame, node: tree.Call): Value {
  if (node.callee.kind === 'Name' && node.callee.name === 'super') {
    const value = superOf(m, frame, node);
    if (value !== undefined) return value;
  }
  const called = evaluate(m, frame, node.callee);
  const isBound = called instanceof BoundMethod;
  const callee = isBound ? called.callee : called;
  const args = argumentsOf(m, frame, node, isBound ? called.self : undefined);
  const direct = m.directCall;
  const outer = frame.node;
  frame.node = node;
  m.directCall = node;
  try {
    return callValue(m, callee, args);
  } finally {
    m.directCall = direct;
    frame.node = outer;
  }
}

/** `super()` and `super(Class, self)`; undefined when neither is what stands there. */
function superOf(m: Machine, frame: Frame, node: tree.Call): Value | undefined {
  if (node.args.length === 2) {
    const [owner, self] = elements(m, frame, node.args).items;
    return owner instanceof ClassValue ? superFor(m, owner, self!) : undefined;
  }
  const owner = frame.func?.owner;
  const first = frame.func?.definition.parameters.list[0];
  if (owner === undefined) return undefined;
  const self = first && frame.scope.find(first.name.name);
  return self === undefined ? undefined : superFor(m, owner, self);
}

/** For a class it is bound to the class itself, in a metaclass to what the class is an instance of. */
const superFor = (m: Machine, owner: ClassValue, self: Value): Super =>
  new Super(owner, self, self instanceof ClassValue && self.mro.includes(owner) ? self : m.classOf(self));

/** The arguments as written, behind what a method is bound to. */
function argumentsOf(m: Machine, frame: Frame, node: tree.Call, self: Value | undefined): Arguments {
  const given = positionalOf(m, frame, node.args, self);
  if (node.keywords.length === 0) return given;
  const keywords = new Map<string, Value>();
  let { unknown } = given;
  for (let i = 0; i < node.keywords.length; i++) {
    const keyword = node.keywords[i]!;
    const value = evaluate(m, frame, keyword.value);
    if (keyword.name !== undefined) keywords.set(keyword.name.name, value);
    else unknown = spreadKeywords(m, value, keywords) ?? unknown;
  }
  return unknown === undefined ? { positional: given.positional, keywords } : { ...given, keywords, unknown };
}

function positionalOf(m: Machine, frame: Frame, args: tree.Call['args'], self: Value | undefined): Arguments {
  const positional = plainElements(m, frame, args, self);
  const before = self === undefined ? positional.length : positional.length - 1;
  if (before === args.length) return { positional, keywords: noKeywords };
  let unknown: Unknown | undefined;
  let star = Infinity;
  for (let i = before; i < args.length; i++) {
    const arg = args[i]!;
    if (arg.kind !== 'Starred') {
      positional.push(evaluate(m, frame, arg));
      continue;
    }
    const items = evaluate(m, frame, arg.value);
    if (items instanceof UnknownValue) {
      unknown = items;
      star = Math.min(star, positional.length);
    } else {
      const { result, more } = itemsOf(m, items);
      positional.push(...result);
      if (more === undefined || !m.strict) continue;
      unknown = more;
      star = Math.min(star, positional.length);
    }
  }
  if (unknown === undefined) return { positional, keywords: noKeywords };
  const behind = Math.max(0, positional.length - star);
  return { positional, keywords: noKeywords, unknown, ...(behind > 0 && { behindStar: behind }) };
}
