/** `str` methods that take text apart and put it together: split, partition, strip, join and their like. */
import type { Machine } from '../../machine.js';
import { List, Tuple, type Value } from '../../values.js';
import { integer, string } from '../arguments.js';
import { isVague, payloadOf, type Table, unknownFrom } from '../define.js';
import { escapeRegExp, space, str } from './receiver.js';

const leadingSpace = new RegExp(`^${space}+`);
const trailingSpace = new RegExp(`${space}+$`);
const firstSpace = new RegExp(`${space}+`);
const spaces = new RegExp(`${space}+`, 'g');
/** What ends a line for `splitlines`. */
const lineEnd = '[\\n\\v\\f\\r\\x1c-\\x1e\\x85\\u2028\\u2029]';
const lineEnds = new RegExp(`\\r\\n|${lineEnd}`, 'g');

export const splitMethods: Table = [
  str.strict('split', 'sep=None, maxsplit=-1', (m, self, sep, most) => {
    const limit = limitOf(m, most!);
    return strings(sep === null ? splitSpace(self, limit) : splitAt(self, separator(m, sep!), limit));
  }),
  str.strict('rsplit', 'sep=None, maxsplit=-1', (m, self, sep, most) => {
    const limit = limitOf(m, most!);
    return strings(sep === null ? splitSpaceFromEnd(self, limit) : splitFromEnd(self, separator(m, sep!), limit));
  }),
  str.strict('splitlines', 'keepends=False', (m, self, keep) => strings(linesOf(self, m.truth(keep!) === true))),
  str.strict('partition', 'sep, /', (m, self, sep) => {
    const text = separator(m, sep!);
    const at = self.indexOf(text);
    return new Tuple(at < 0 ? [self, '', ''] : [self.slice(0, at), text, self.slice(at + text.length)]);
  }),
  str.strict('rpartition', 'sep, /', (m, self, sep) => {
    const text = separator(m, sep!);
    const at = self.lastIndexOf(text);
    return new Tuple(at < 0 ? ['', '', self] : [self.slice(0, at), text, self.slice(at + text.length)]);
  }),
  str.strict('strip', 'chars=None, /', (m, self, chars) => stripEnd(stripStart(self, m, chars!), m, chars!)),
  str.strict('lstrip', 'chars=None, /', (m, self, chars) => stripStart(self, m, chars!)),
  str.strict('rstrip', 'chars=None, /', (m, self, chars) => stripEnd(self, m, chars!)),
  str.lenient('join', 'iterable, /', join),
];

function join(m: Machine, self: string, iterable: Value | undefined): Value {
  const items = m.listOf(iterable!);
  if (items === undefined || items.some(isVague)) return unknownFrom(m, 'join', items ?? [iterable!]);
  const texts = items.map((it, i) => {
    const plain = payloadOf(it);
    if (typeof plain === 'string') return plain;
    return m.raise('TypeError', `sequence item ${i}: expected str instance, ${m.classOf(it).name} found`);
  });
  return texts.join(self);
}

const strings = (parts: readonly string[]): List => new List([...parts]);

function limitOf(m: Machine, most: Value): number {
  const limit = integer(m, most);
  return limit < 0 ? Infinity : limit;
}

function separator(m: Machine, sep: Value): string {
  const text = string(m, sep);
  return text === '' ? m.raise('ValueError', 'empty separator') : text;
}

function splitAt(text: string, sep: string, limit: number): string[] {
  const parts = text.split(sep);
  if (parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(sep)];
}

function splitFromEnd(text: string, sep: string, limit: number): string[] {
  if (limit === Infinity) return splitOverlapping(text, sep);
  return splitOverlapping(text, sep, limit);
}

/** From the end: `'aaa'.rsplit('aa')` is `['a', '']`, where `split` gives `['', 'a']`. */
function splitOverlapping(text: string, sep: string, limit = Infinity): string[] {
  const parts: string[] = [];
  let end = text.length;
  while (parts.length < limit) {
    const at = end < sep.length ? -1 : text.lastIndexOf(sep, end - sep.length);
    if (at < 0) break;
    parts.unshift(text.slice(at + sep.length, end));
    end = at;
  }
  return [text.slice(0, end), ...parts];
}

function splitSpace(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text.replace(leadingSpace, '');
  while (rest !== '' && parts.length < limit) {
    const gap = firstSpace.exec(rest);
    if (gap === null) break;
    parts.push(rest.slice(0, gap.index));
    rest = rest.slice(gap.index + gap[0].length);
  }
  return rest === '' ? parts : [...parts, rest];
}

function splitSpaceFromEnd(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text.replace(trailingSpace, '');
  while (rest !== '' && parts.length < limit) {
    const gap = [...rest.matchAll(spaces)].at(-1);
    if (gap === undefined || gap.index === 0) {
      parts.unshift(rest.replace(leadingSpace, ''));
      return parts;
    }
    const word = rest.slice(gap.index + gap[0].length);
    parts.unshift(word);
    rest = rest.slice(0, gap.index);
  }
  if (parts.length === limit) rest = rest.replace(trailingSpace, '');
  return rest === '' ? parts : [rest, ...parts];
}

function linesOf(text: string, keepEnds: boolean): string[] {
  const lines: string[] = [];
  let start = 0;
  for (const match of text.matchAll(lineEnds)) {
    const end = match.index + match[0].length;
    lines.push(text.slice(start, keepEnds ? end : match.index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

function stripStart(text: string, m: Machine, chars: Value): string {
  if (chars === null) return text.replace(leadingSpace, '');
  const set = setOf(m, chars);
  return set === undefined ? text : text.replace(new RegExp(`^${set}+`, 'u'), '');
}

function stripEnd(text: string, m: Machine, chars: Value): string {
  if (chars === null) return text.replace(trailingSpace, '');
  const set = setOf(m, chars);
  return set === undefined ? text : text.replace(new RegExp(`${set}+$`, 'u'), '');
}

/** The characters as a class of a regular expression; undefined when there are none. */
function setOf(m: Machine, chars: Value): string | undefined {
  const text = string(m, chars);
  return text === '' ? undefined : `[${escapeRegExp(text)}]`;
}
