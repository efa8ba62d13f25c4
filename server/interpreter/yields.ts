/** Where `yield` stands inside of expressions, in the order in which it runs. */
import { childrenOf } from '../syntax/children.js';
import type * as tree from '../syntax/tree.js';

export interface YieldPlace {
  readonly node: tree.Yield | tree.YieldFrom;
  /** Whether it runs before everything else of its expression that a caller could notice, and whatever that comes to. */
  readonly isFirst: boolean;
}

const known = new WeakMap<tree.Node, readonly YieldPlace[]>();

export function yieldsIn(expression: tree.Expression): readonly YieldPlace[] {
  let places = known.get(expression);
  if (places === undefined) {
    places = look(expression);
    known.set(expression, places);
  }
  return places;
}

function look(expression: tree.Expression): readonly YieldPlace[] {
  const places: YieldPlace[] = [];
  let isBehindCall = false;
  const visit = (node: tree.Node, mayNotRun: boolean): void => {
    if (node.kind === 'Lambda') return;
    const wasBehindCall = isBehindCall;
    const isChoice = node.kind === 'BooleanOperation' || node.kind === 'Conditional' || node.kind === 'Comparison';
    childrenOf(node).forEach((child, i) => {
      visit(child, mayNotRun || (isChoice && (i > 0 || node.kind === 'Conditional')));
    });
    if (node.kind === 'Yield' || node.kind === 'YieldFrom') {
      places.push({ node, isFirst: !wasBehindCall && !mayNotRun });
    }
    if (node.kind === 'Call') isBehindCall = true;
  };
  visit(expression, false);
  return places;
}

/** What a statement evaluates itself, before the statements that it holds. */
export function expressionsOf(statement: tree.Statement): readonly tree.Expression[] {
  switch (statement.kind) {
    case 'Expression':
    case 'Assign':
      return [statement.value];
    case 'Return':
    case 'AnnotatedAssign':
      return statement.value === undefined ? [] : [statement.value];
    case 'AugmentedAssign':
      return [statement.target, statement.value];
    case 'Assert':
    case 'If':
    case 'While':
      return [statement.test];
    case 'For':
      return [statement.iterable];
    case 'Match':
      return [statement.subject];
    case 'Raise':
      return statement.exception === undefined ? [] : [statement.exception];
    default:
      return [];
  }
}
