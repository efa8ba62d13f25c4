/**
 * Names for what is read out of sequences that are not known: `sizes[i]`, `sizes[i + 1]` and `sizes[1:]` are told apart by how they
 * are written, also where `sizes` is a sum that has no name of its own.
 */
import type * as tree from '../syntax/tree.js';
import { Unknown, type Value } from './values.js';

/** The item with a name, where it has none; what tensors went into is no size. */
export function namedItem(item: Value, object: Value, { value, index }: tree.Subscript): Value {
  if (!(object instanceof Unknown && item instanceof Unknown) || item === object.each) return item;
  if (item.symbol !== undefined || item.power !== undefined || item.inputs !== undefined) return item;
  const sequence = object.symbol ?? (value.kind === 'Name' ? value.name : undefined);
  const place = writtenAs(index);
  if (sequence === undefined || place === undefined) return item;
  return item.derive(`${sequence}[${place}]`, undefined, item.origin);
}

/** What a turn of a loop leaves as it is: names, integers and sums of them. */
function writtenAs(node: tree.Expression): string | undefined {
  switch (node.kind) {
    case 'Name':
      return node.name;
    case 'Int':
      return String(node.value);
    case 'UnaryOperation':
      return node.operator === '-' ? joined(['-', node.operand]) : undefined;
    case 'BinaryOperation':
      return SUMS.has(node.operator) ? joined([node.left, ` ${node.operator} `, node.right]) : undefined;
    case 'Slice':
      return node.step === undefined ? joined([node.lower ?? '', ':', node.upper ?? '']) : undefined;
    default:
      return undefined;
  }
}

const SUMS: ReadonlySet<tree.BinaryOperator> = new Set(['+', '-']);

function joined(parts: readonly (string | tree.Expression)[]): string | undefined {
  const texts = parts.map(it => (typeof it === 'string' ? it : writtenAs(it)));
  return texts.includes(undefined) ? undefined : texts.join('');
}
