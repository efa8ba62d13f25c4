/** Which kind a condition asks an object for: by its class, or by what its class is called. */
import type * as tree from '../syntax/tree.js';
import { evaluate } from './expressions.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import { ClassOfUnknown, ClassValue, Instance, type Value } from './values.js';

export interface KindAsked {
  /** The object, as an expression. */
  readonly subject: tree.Expression;
  readonly classes: readonly Value[];
}

/** Undefined as well where nothing follows for the classes that it may be of. */
export function kindAskedBy(m: Machine, frame: Frame, test: tree.Expression): KindAsked | undefined {
  return typeAskedBy(m, frame, test) ?? nameAskedBy(m, frame, test);
}

/** `isinstance(m, A)`, `type(m) == A`, `m.__class__ in (A, B)`. */
function typeAskedBy(m: Machine, frame: Frame, test: tree.Expression): KindAsked | undefined {
  if (test.kind === 'Call') {
    const [subject, type] = test.args;
    const isTest = test.callee.kind === 'Name' && test.callee.name === 'isinstance' && test.args.length === 2;
    return isTest ? { subject: subject!, classes: [quietly(m, frame, type!)] } : undefined;
  }
  const subject = test.kind === 'Comparison' ? comparedByClass(test) : undefined;
  return subject && { subject, classes: [quietly(m, frame, (test as tree.Comparison).comparators[0]!)] };
}

/** Whose class is compared: the subject of `type(m) is A`, of `m.__class__ in (A, B)`. */
function comparedByClass({ left, operators: [operator, ...others] }: tree.Comparison): tree.Expression | undefined {
  return others.length === 0 && ASKS_TYPE.has(operator!) ? subjectOfClass(left) : undefined;
}

const ASKS_TYPE: ReadonlySet<string> = new Set(['==', 'is', 'in']);

/** `classname.find('Linear') != -1`, `'Linear' in type(m).__name__`, with the name of a local that holds the object. */
function nameAskedBy(m: Machine, frame: Frame, test: tree.Expression): KindAsked | undefined {
  const asked = nameTestIn(test);
  const word = asked?.word.kind === 'String' ? quietly(m, frame, asked.word) : undefined;
  if (asked === undefined || typeof word !== 'string' || asked.holds('', word)) return undefined;
  const name = quietly(m, frame, asked.name);
  if (!(name instanceof ClassOfUnknown)) return undefined;
  const [local] = [...frame.scope.variables].find(([, value]) => value === name.object) ?? [];
  const classes = m.hooks.classesNamed?.(m, it => asked.holds(it, word)) ?? [];
  if (local === undefined || classes.length === 0) return undefined;
  return { subject: { kind: 'Name', name: local, start: test.start, end: test.end }, classes };
}

/** Tells the library of a comparison that asks for the class of an object, or for what that is called, and of the answer. */
export function noteKindAsked(
  m: Machine,
  frame: Frame,
  node: tree.Comparison,
  [left, right]: readonly [Value, Value],
  answer: boolean | undefined,
): void {
  if (m.hooks.tested === undefined || node.operators.length !== 1) return;
  const asked = left instanceof ClassValue ? ofItsClass(frame, node) : ofItsName(frame, node, left, right);
  if (asked !== undefined) m.hooks.tested(m, asked.object, answer, asked.kinds);
}

interface ObjectAsked {
  readonly object: Value;
  readonly kinds: tree.Expression;
}

function ofItsClass({ scope }: Frame, node: tree.Comparison): ObjectAsked | undefined {
  const subject = comparedByClass(node);
  const object = subject?.kind === 'Name' ? scope.variables.get(subject.name) : undefined;
  return object === undefined ? undefined : { object, kinds: node.comparators[0]! };
}

/** Whose class `type(m)` or `m.__class__` is. */
function subjectOfClass(node: tree.Expression): tree.Expression | undefined {
  if (node.kind === 'Attribute') return node.attribute.name === '__class__' ? node.value : undefined;
  if (node.kind !== 'Call' || node.args.length !== 1) return undefined;
  return node.callee.kind === 'Name' && node.callee.name === 'type' ? node.args[0] : undefined;
}

/** The local that has a class of the name that is looked at. */
function ofItsName(frame: Frame, node: tree.Comparison, left: Value, right: Value): ObjectAsked | undefined {
  if (typeof left !== 'string' && typeof right !== 'string' && node.left.kind !== 'Call') return undefined;
  const asked = nameTestIn(node);
  if (asked?.word.kind !== 'String') return undefined;
  const { name: named } = asked;
  const name = named === node.left ? left : named === node.comparators[0] ? right : nameAt(frame, named);
  if (typeof name !== 'string') return undefined;
  for (const [, object] of frame.scope.variables) {
    if (object instanceof Instance && object.cls.name === name) return { object, kinds: asked.word };
  }
  return undefined;
}

/** What `classname` holds, or that of the local whose name is asked for: `m.__class__.__name__`, `type(m).__name__`. */
function nameAt({ scope }: Frame, node: tree.Expression): Value | undefined {
  if (node.kind === 'Name') return scope.variables.get(node.name);
  if (node.kind !== 'Attribute' || node.attribute.name !== '__name__') return undefined;
  const subject = subjectOfClass(node.value);
  const object = subject?.kind === 'Name' ? scope.variables.get(subject.name) : undefined;
  return object instanceof Instance ? object.cls.name : undefined;
}

interface NameTest {
  readonly name: tree.Expression;
  readonly word: tree.Expression;
  readonly holds: (name: string, word: string) => boolean;
}

function nameTestIn(test: tree.Expression): NameTest | undefined {
  if (test.kind === 'Call') return methodTest(test, 'startswith', (name, word) => name.startsWith(word));
  if (test.kind !== 'Comparison' || test.operators.length !== 1) return undefined;
  const [operator] = test.operators;
  const [right] = test.comparators;
  if (operator === 'in') return { name: right!, word: test.left, holds: (name, word) => name.includes(word) };
  if (test.left.kind !== 'Call') {
    const isEqual = (name: string, word: string) => name === word;
    return operator === '==' ? { name: test.left, word: right!, holds: isEqual } : undefined;
  }
  const bound = numberOf(right!);
  const compare = COMPARED[operator!];
  if (bound === undefined || compare === undefined) return undefined;
  return methodTest(test.left, 'find', (name, word) => compare(name.indexOf(word), bound));
}

function methodTest({ callee, args }: tree.Call, method: string, holds: NameTest['holds']): NameTest | undefined {
  const isIt = callee.kind === 'Attribute' && callee.attribute.name === method && args.length === 1;
  return isIt ? { name: callee.value, word: args[0]!, holds } : undefined;
}

const COMPARED: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function numberOf(node: tree.Expression): number | undefined {
  if (node.kind === 'UnaryOperation' && node.operator === '-') {
    const value = numberOf(node.operand);
    return value === undefined ? undefined : -value;
  }
  return node.kind === 'Int' ? Number(node.value) : undefined;
}

/** What an expression comes to, without what evaluating it changes. */
export const quietly = (m: Machine, frame: Frame, node: tree.Expression): Value =>
  m.journal.rehearse(() => evaluate(m, frame, node));
