/** What a branch knows because its condition held: classes after `isinstance`, values after `is not None`. */
import type * as tree from '../syntax/tree.js';
import { setName } from './assign.js';
import type { Frame } from './frame.js';
import { kindAskedBy, quietly } from './kinds.js';
import type { Machine } from './machine.js';
import { ClassValue, Instance, Tuple, Union, Unknown, type Value } from './values.js';

/** Evaluates a branch within an expression with what an undecided condition's outcome tells; behind it that is forgotten. */
export function branchOn<T>(m: Machine, frame: Frame, test: tree.Expression, outcome: boolean, branch: () => T): T {
  const { variables } = frame.scope;
  const before = new Map(variables);
  narrow(m, frame, test, outcome);
  const narrowed = [...variables].filter(([name, value]) => before.has(name) && before.get(name) !== value);
  const result = branch();
  for (const [name, value] of narrowed) {
    if (variables.get(name) === value) setName(m, frame.scope, name, before.get(name)!);
  }
  return result;
}

export function narrow(m: Machine, frame: Frame, test: tree.Expression, outcome: boolean): void {
  switch (test.kind) {
    case 'UnaryOperation':
      if (test.operator === 'not') narrow(m, frame, test.operand, !outcome);
      return;
    case 'BooleanOperation':
      if ((test.operator === 'and') === outcome) for (const value of test.values) narrow(m, frame, value, outcome);
      else if (outcome) narrowToAny(m, frame, test.values);
      return;
    case 'Comparison':
      narrowByComparison(m, frame, test, outcome);
      return;
    case 'Call':
      narrowByCall(m, frame, test, outcome);
      return;
    case 'Name':
    case 'Attribute':
      if (outcome) replace(m, frame, test, value => without(value, it => it === null || it === false));
      return;
    default:
      return;
  }
}

function narrowByComparison(m: Machine, frame: Frame, test: tree.Comparison, outcome: boolean): void {
  const [operator] = test.operators;
  const [right] = test.comparators;
  if (test.operators.length !== 1 || right === undefined) return;
  if (right.kind === 'Constant' && right.value === null) {
    const isNone = (operator === 'is' || operator === '==') === outcome;
    replace(m, frame, test.left, value => (isNone ? onlyNone(value) : without(value, it => it === null)));
    return;
  }
  if (outcome) narrowToAny(m, frame, [test]);
}

function narrowByCall(m: Machine, frame: Frame, test: tree.Call, outcome: boolean): void {
  if (outcome) narrowToAny(m, frame, [test]);
  else if (test.callee.kind === 'Name' && test.callee.name === 'isinstance' && test.args.length === 2)
    replace(m, frame, test.args[0]!, value =>
      without(value, it => m.isInstance(it, quietly(m, frame, test.args[1]!)) === true),
    );
}

/** One of the tests holds: all of them ask one object for its kind, or nothing is known. */
function narrowToAny(m: Machine, frame: Frame, tests: readonly tree.Expression[]): void {
  const asked = tests.flatMap(it => kindAskedBy(m, frame, it) ?? []);
  const [first, ...others] = asked;
  if (first === undefined || asked.length !== tests.length) return;
  if (others.every(it => isSameName(it.subject, first.subject))) {
    narrowToClass(
      m,
      frame,
      first.subject,
      asked.flatMap(it => it.classes),
    );
  }
}

const isSameName = (a: tree.Expression, b: tree.Expression): boolean =>
  a.kind === 'Name' && b.kind === 'Name' && a.name === b.name;

function narrowToClass(m: Machine, frame: Frame, subject: tree.Expression, classes: readonly Value[]): void {
  const cls =
    classes.length === 1 ? classes[0]! : new Tuple(classes.flatMap(it => (it instanceof Tuple ? it.items : [it])));
  replace(m, frame, subject, value => {
    if (value instanceof Union) return without(value, it => m.isInstance(it, cls) === false);
    return value instanceof Unknown ? instanceOf(m, cls, value) : value;
  });
}

/** Whether the condition holds only if an object that is known is of a class that is not. */
export function doubtsKind(m: Machine, frame: Frame, test: tree.Expression): boolean {
  if (test.kind === 'BooleanOperation') return test.values.some(it => doubtsKind(m, frame, it));
  const isTypeTest = test.kind === 'Call' && test.callee.kind === 'Name' && test.callee.name === 'isinstance';
  if (!isTypeTest || test.args.length !== 2) return false;
  const [subject, cls] = test.args.map(it => quietly(m, frame, it)) as [Value, Value];
  return subject instanceof Instance && m.isInstance(subject, cls) === undefined;
}

/** An instance of which nothing but the class is known; of several classes, one of each. */
function instanceOf(m: Machine, cls: Value, value: Unknown): Value | undefined {
  const classes = cls instanceof Tuple ? cls.items : [cls];
  const instances = classes.map(it =>
    it instanceof ClassValue ? m.hooks.abstractInstance?.(m, it, value) : undefined,
  );
  const known = instances.filter((it): it is Exclude<typeof it, undefined> => it !== undefined);
  if (known.length === 0 || known.length !== classes.length) return undefined;
  return known.length === 1 ? known[0] : new Union(known.slice(0, 4));
}

/** Only names and attributes of names can be narrowed. */
function replace(m: Machine, frame: Frame, node: tree.Expression, narrowed: (value: Value) => Value | undefined): void {
  if (node.kind === 'Name') {
    const value = frame.scope.find(node.name);
    const result = value === undefined ? undefined : narrowed(value);
    if (result !== undefined && result !== value) setName(m, frame.scope, node.name, result);
  } else if (node.kind === 'Attribute' && isPath(node.value)) {
    const object = quietly(m, frame, node.value);
    const value = m.findAttribute(object, node.attribute.name);
    const result = value instanceof Union ? narrowed(value) : undefined;
    if (result !== undefined && result !== value) m.setAttribute(object, node.attribute.name, result);
  }
}

function isPath(node: tree.Expression): boolean {
  return node.kind === 'Name' || (node.kind === 'Attribute' && isPath(node.value));
}

function without(value: Value, excluded: (value: Value) => boolean): Value | undefined {
  if (!(value instanceof Union)) return undefined;
  const kept = value.alternatives.filter(it => !excluded(it));
  if (kept.length === 0) return undefined;
  return kept.length === 1 ? kept[0] : new Union(kept);
}

const onlyNone = (value: Value): Value | undefined =>
  value instanceof Union && value.alternatives.includes(null) ? null : undefined;
