/** Python's grammar from 3.8 to 3.14, for text that is still being typed: every text has a tree. */
import { parseStatements } from './compound-statements.js';
import { Parser } from './parser.js';
import type { Statement, Tree } from './tree.js';

/** Never throws; what is not Python is listed in `problems`, and the statements around it survive. */
export function parse(text: string): Tree {
  const parser = new Parser(text);
  const tree = read(parser);
  return parser.hasUnclosedString ? read(new Parser(text, true)) : tree;
}

/** The same tree; bodies of functions are read when they are asked for, and their problems are never listed. */
export function parseLazily(text: string): Tree {
  const parser = new Parser(text);
  parser.isLazy = true;
  const tree = read(parser);
  return parser.hasUnclosedString ? parse(text) : tree;
}

function read(parser: Parser): Tree {
  const body: Statement[] = [];
  parseStatements(parser, body);
  const { comments, problems, faultyUpTo, length } = parser;
  return { body, comments, problems, faultyUpTo, length };
}
