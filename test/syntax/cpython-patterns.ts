/** The patterns of `match` as CPython's `ast` has them. */
import type * as tree from '../../server/syntax/tree.js';
import { expression, expressions } from './cpython.js';
import { constant, type Field, optionalText, type PythonNode, texts } from './python-node.js';

export function pattern(node: tree.Pattern): PythonNode {
  return { kind: node.kind, at: node, fields: fieldsOfPattern(node) };
}

function fieldsOfPattern(node: tree.Pattern): Field[] {
  switch (node.kind) {
    case 'MatchValue':
      return [['value', expression(node.value)]];
    case 'MatchSingleton':
      return [['value', constant(node.value)]];
    case 'MatchSequence':
    case 'MatchOr':
      return [['patterns', node.patterns.map(pattern)]];
    case 'MatchStar':
      return [['name', optionalText(node.name)]];
    case 'MatchMapping':
      return [
        ['keys', expressions(node.keys)],
        ['patterns', node.patterns.map(pattern)],
        ['rest', optionalText(node.rest)],
      ];
    case 'MatchClass':
      return [
        ['cls', expression(node.type)],
        ['patterns', node.patterns.map(pattern)],
        ['kwd_attrs', texts(node.keywords.map(({ name }) => name))],
        ['kwd_patterns', node.keywords.map(({ pattern: value }) => pattern(value))],
      ];
    case 'MatchAs':
      return [
        ['pattern', node.pattern === undefined ? null : pattern(node.pattern)],
        ['name', optionalText(node.name)],
      ];
  }
}
