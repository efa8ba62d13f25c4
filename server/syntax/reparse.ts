/** Reads a text again after a change: statements that the change cannot reach are taken over, moved to where they are now. */
import { Char } from './characters.js';
import { parseStatements } from './compound-statements.js';
import { parse } from './parse.js';
import { Parser } from './parser.js';
import { codesOf } from './scanner.js';
import { moved, shifted } from './shift.js';
import { Token } from './tokens.js';
import type { Located, Statement, Tree } from './tree.js';

export interface Read {
  readonly text: string;
  readonly tree: Tree;
}

/** What `parse` makes of the text, by way of what it made of one that is like it. */
export function reparse(before: Read, text: string): Tree {
  const seam = seamOf(before, text);
  const parser = parserAt(text, seam.start, codesAfter(before, text, seam));
  const { body, next } = readUpTo(parser, before, seam);
  if (parser.hasUnclosedString) return parse(text);
  const { tree } = before;
  const isKept = (it: Located) => it.start < seam.start;
  const isBehind = (it: Located) => next !== undefined && it.start >= beginningOf(before.text, tree.body[next]!);
  const after: Tree = {
    body: [
      ...tree.body.slice(0, seam.kept),
      ...body,
      ...tree.body.slice(next ?? tree.body.length).map(it => moved(it, seam.by)),
    ],
    comments: [
      ...tree.comments.filter(isKept),
      ...parser.comments,
      ...tree.comments.filter(isBehind).map(it => shifted(it, seam.by)),
    ],
    problems: parser.problems,
    faultyUpTo: parser.faultyUpTo,
    length: parser.length,
  };
  codes.set(after, parser.codes);
  return after;
}

const codes = new WeakMap<Tree, Uint16Array>();

/** The code units of the text; those that it shares with the text before are copied as one. */
function codesAfter({ text: old, tree }: Read, text: string, { start, end, by }: Seam): Uint16Array {
  const known = codes.get(tree);
  if (known === undefined) return codesOf(text);
  const units = new Uint16Array(text.length + 4);
  units.set(known.subarray(0, start));
  for (let at = start; at < end + by; at++) units[at] = text.charCodeAt(at);
  units.set(known.subarray(end, old.length), end + by);
  return units;
}

/** At the start of a line that no block is open in. */
function parserAt(text: string, offset: number, units: Uint16Array): Parser {
  const at = offset === 0 && units[0] === Char.ByteOrderMark ? 1 : offset;
  const opening = { codes: units, start: at, end: at, indentation: 0, outerIndentations: [] };
  const parser = new Parser(text, false, opening);
  parser.next();
  return parser;
}

/** Where reading begins, and where it may end. */
interface Seam {
  /** Statements at the front that stay as they are. */
  readonly kept: number;
  /** Where the first one begins that is read again. */
  readonly start: number;
  /** The end of what has to be read again, in the old text. */
  readonly end: number;
  /** How much further behind what lies after the change is now. */
  readonly by: number;
}

function seamOf({ text: old, tree }: Read, text: string): Seam {
  const [start, end] = suspects(old, text, tree);
  const kept = keptBefore(start, old, tree.body);
  const by = text.length - old.length;
  return { kept, start: kept === 0 ? 0 : beginningOf(old, tree.body[kept]!), end, by };
}

/** The part of the old text that is not in the new one, with all that was wrong in it: recovering may look far ahead. */
function suspects(old: string, text: string, { problems, faultyUpTo }: Tree): readonly [start: number, end: number] {
  const start = commonStart(old, text);
  const rest = commonEnd(old, text, Math.min(old.length, text.length) - start);
  return [Math.min(start, problems[0]?.start ?? start), Math.max(faultyUpTo, old.length - rest)];
}

/** Pieces of this length are compared at once. */
const PIECE = 1024;

function commonStart(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at + PIECE <= shorter && a.slice(at, at + PIECE) === b.slice(at, at + PIECE)) at += PIECE;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function commonEnd(a: string, b: string, most: number): number {
  const [endOfA, endOfB] = [a.length, b.length];
  const piece = (text: string, end: number) => text.slice(end - PIECE, end);
  let count = 0;
  while (count + PIECE <= most && piece(a, endOfA - count) === piece(b, endOfB - count)) count += PIECE;
  while (count < most && a.charCodeAt(endOfA - 1 - count) === b.charCodeAt(endOfB - 1 - count)) count++;
  return count;
}

/** Whole statements before the change, the one aside that stands next to it: an `else` may follow it now. */
function keptBefore(start: number, old: string, body: readonly Statement[]): number {
  const firstOfLine = (index: number): number => {
    let first = index;
    while (first > 0 && !startsLine(old, beginningOf(old, body[first]!))) first--;
    return Math.max(0, first);
  };
  return firstOfLine(firstOfLine(body.findLastIndex(it => beginningOf(old, it) <= start)) - 1);
}

/** Reads statements until one begins that the old text has as well, behind all that has to be read again. */
function readUpTo(parser: Parser, { text: old, tree }: Read, { end, by }: Seam) {
  const body: Statement[] = [];
  const known = (): number | undefined => {
    const at = parser.start - by;
    if (at <= end || parser.depth > 0 || parser.kind <= Token.Dedent || !startsLine(old, at)) return undefined;
    const index = tree.body.findLastIndex(it => beginningOf(old, it) <= at);
    return index >= 0 && beginningOf(old, tree.body[index]!) === at ? index : undefined;
  };
  parseStatements(parser, body, () => known() !== undefined);
  return { body, next: known() };
}

/** Decorators belong to what they decorate. */
function beginningOf(text: string, statement: Statement): number {
  const [decorator] = 'decorators' in statement ? statement.decorators : [];
  return decorator === undefined ? statement.start : text.lastIndexOf('@', decorator.start);
}

/** The end of a line that the next one does not go on. */
const LINE_END = /(?:^|[^\\\r])\r?\n$|(?:^|[^\\])\r$/;

/** Whether a line of its own begins there. */
function startsLine(text: string, offset: number): boolean {
  return offset === 0 || LINE_END.test(text.slice(Math.max(0, offset - 3), offset));
}
