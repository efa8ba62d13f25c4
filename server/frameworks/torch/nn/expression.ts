/** Evaluates the Python expressions that the table of layers is written in. */
import { collect } from '../../../interpreter/builtins/list.js';
import type { Machine } from '../../../interpreter/machine.js';
import { Float, List, noKeywords, Tuple, Union, Unknown, type Value } from '../../../interpreter/values.js';
import { parse } from '../../../syntax/parse.js';
import type * as tree from '../../../syntax/tree.js';
import { axesAsLongAs } from '../arguments.js';
import type { Shape } from '../tensor.js';

/** What names in an expression stand for; undefined for a name that is not known. */
export type Names = (name: string) => Value | undefined;

/** The value of an expression such as `(out_features, in_features)`. */
export function evaluate(machine: Machine, text: string, names: Names): Value {
  return valueIn(machine, expressionOf(text), names);
}

/** True unless the condition is false; undefined where it is not known. */
export function holds(machine: Machine, text: string | undefined, names: Names): boolean | undefined {
  return text === undefined ? true : machine.truth(evaluate(machine, text, names));
}

/** The shape that a tuple of sizes tells. */
export function shapeOf(machine: Machine, sizes: Value): Shape {
  return sizes instanceof Tuple ? axesAsLongAs(machine, sizes.items) : undefined;
}

export interface Assignment {
  readonly name: string;
  readonly value: tree.Expression;
}

/** Reads `a, b=expression`: a bare name stands for itself. */
export function assignmentsOf(text: string): readonly Assignment[] {
  const call = expressionOf(`keep(${text})`) as tree.Call;
  const bare = call.args.map(it => ({ name: (it as tree.Name).name, value: it, start: it.start }));
  const named = call.keywords.map(it => ({ name: it.name!.name, value: it.value, start: it.start }));
  return [...bare, ...named].sort((a, b) => a.start - b.start);
}

const parsed = new Map<string, tree.Expression>();

function expressionOf(text: string): tree.Expression {
  let expression = parsed.get(text);
  if (expression === undefined) {
    expression = (parse(`${text}\n`).body[0] as tree.ExpressionStatement).value;
    parsed.set(text, expression);
  }
  return expression;
}

export function valueIn(machine: Machine, node: tree.Expression, names: Names): Value {
  switch (node.kind) {
    case 'Name':
      return named(node.name, names);
    case 'Int':
    case 'String':
    case 'Constant':
      return node.value;
    case 'Float':
      return new Float(node.value);
    case 'Tuple':
      return new Tuple(elementsOf(machine, node.elements, names));
    case 'List':
      return new List(elementsOf(machine, node.elements, names));
    case 'Attribute':
      return present(machine.getAttribute(valueIn(machine, node.value, names), node.attribute.name));
    case 'Subscript':
      return machine.getItem(valueIn(machine, node.value, names), valueIn(machine, node.index, names));
    case 'BinaryOperation':
      return machine.binary(node.operator, valueIn(machine, node.left, names), valueIn(machine, node.right, names));
    case 'UnaryOperation':
      return unary(machine, node, valueIn(machine, node.operand, names));
    case 'Comparison':
      return comparison(
        machine,
        node,
        valueIn(machine, node.left, names),
        valueIn(machine, node.comparators[0]!, names),
      );
    case 'BooleanOperation':
      return connective(machine, node, names);
    case 'Conditional':
      return conditional(machine, node, names);
    case 'Call':
      return machine.call(
        valueIn(machine, node.callee, names),
        elementsOf(machine, node.args, names),
        node.keywords.length === 0 ? noKeywords : keywordsOf(machine, node.keywords, names),
      );
    default:
      throw new Error(`the table of layers has no ${node.kind}`);
  }
}

const keywordsOf = (machine: Machine, keywords: tree.Call['keywords'], names: Names): ReadonlyMap<string, Value> =>
  new Map(keywords.map(it => [it.name!.name, valueIn(machine, it.value, names)]));

/** A bias that may be there is taken to be: one operation stands for both. */
function present(value: Value): Value {
  if (!(value instanceof Union)) return value;
  const [first, ...others] = value.alternatives.filter(it => it !== null);
  return first === undefined || others.length > 0 ? value : first;
}

function named(name: string, names: Names): Value {
  const value = names(name);
  if (value === undefined) throw new Error(`the table of layers reads an unknown name: ${name}`);
  return value;
}

function elementsOf(machine: Machine, nodes: readonly tree.Expression[], names: Names): Value[] {
  const values: Value[] = [];
  for (const node of nodes) {
    if (node.kind === 'Starred') values.push(...collect(machine, valueIn(machine, node.value, names)));
    else values.push(valueIn(machine, node, names));
  }
  return values;
}

function unary(machine: Machine, node: tree.UnaryOperation, operand: Value): Value {
  if (node.operator === '-') return operand instanceof Float ? new Float(-operand.value) : -(operand as number);
  const truth = machine.truth(operand);
  return truth === undefined ? machine.unknown('it is not known') : !truth;
}

function comparison(machine: Machine, node: tree.Comparison, left: Value, right: Value): Value {
  const operator = node.operators[0]!;
  const answer = operator.startsWith('is') ? isSame(operator, left, right) : machine.compare(operator, left, right);
  return answer ?? machine.unknown('it is not known');
}

function isSame(operator: string, left: Value, right: Value): boolean | undefined {
  return left instanceof Unknown ? undefined : (left === right) === (operator === 'is');
}

function connective(machine: Machine, node: tree.BooleanOperation, names: Names): Value {
  const decisive = node.operator === 'or';
  let result: Value = !decisive;
  for (const part of node.values) {
    const value = valueIn(machine, part, names);
    const truth = machine.truth(value);
    if (truth === decisive) return value;
    if (truth === undefined) result = machine.unknown('it is not known');
  }
  return result;
}

function conditional(machine: Machine, node: tree.Conditional, names: Names): Value {
  const test = machine.truth(valueIn(machine, node.test, names));
  if (test !== undefined) return valueIn(machine, test ? node.body : node.otherwise, names);
  return machine.fork([() => valueIn(machine, node.body, names), () => valueIn(machine, node.otherwise, names)]);
}
