/** `{a, b}`: where all items are constants, CPython makes the set when it compiles, and its order is another. */
import type * as tree from '../syntax/tree.js';
import { setOf } from './builtins/set.js';
import type { Machine } from './machine.js';
import type { List, Value } from './values.js';

export function setDisplay(m: Machine, nodes: readonly tree.Expression[], items: List): Value {
  const set = setOf(m, items);
  const isCompiled = nodes.length > 2 && nodes.every(isConstant);
  if (isCompiled || nodes.some(it => it.kind === 'Starred')) set.grown = false;
  return set;
}

function isConstant(node: tree.Expression): boolean {
  if (node.kind === 'UnaryOperation') return isConstant(node.operand);
  if (node.kind === 'Tuple') return node.elements.every(isConstant);
  return node.kind === 'Int' || node.kind === 'String' || node.kind === 'Constant' || node.kind === 'Float';
}
