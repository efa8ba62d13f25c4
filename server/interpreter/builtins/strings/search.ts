/** `str` methods that look for text: find, count, startswith, replace and their like. */
import type { Machine } from '../../machine.js';
import { Tuple, type Value } from '../../values.js';
import { integer, string, window } from '../arguments.js';
import { payloadOf, type Table } from '../define.js';
import { cut, lengthOf, pointAt, pointsOf } from '../points.js';
import { str } from './receiver.js';

const RANGE = 'sub, start=None, end=None, /';

export const searchMethods: Table = [
  str.strict('find', RANGE, (m, self, ...range) => locate(m, self, range, 'indexOf')),
  str.strict('rfind', RANGE, (m, self, ...range) => locate(m, self, range, 'lastIndexOf')),
  str.strict('index', RANGE, (m, self, ...range) => found(m, locate(m, self, range, 'indexOf'))),
  str.strict('rindex', RANGE, (m, self, ...range) => found(m, locate(m, self, range, 'lastIndexOf'))),
  str.strict('count', RANGE, (m, self, sub, start, end) => {
    const part = within(m, self, start!, end!);
    return part === undefined ? 0 : countOf(part.text, string(m, sub!));
  }),
  str.strict('startswith', 'prefix, start=None, end=None, /', (m, self, prefix, start, end) => {
    const part = within(m, self, start!, end!);
    return part !== undefined && affixes(m, prefix!).some(it => part.text.startsWith(it));
  }),
  str.strict('endswith', 'suffix, start=None, end=None, /', (m, self, suffix, start, end) => {
    const part = within(m, self, start!, end!);
    return part !== undefined && affixes(m, suffix!).some(it => part.text.endsWith(it));
  }),
  str.strict('replace', 'old, new, count=-1, /', (m, self, old, replacement, count) =>
    replaced(self, string(m, old!), string(m, replacement!), integer(m, count!)),
  ),
  str.strict('removeprefix', 'prefix, /', (m, self, prefix) => {
    const text = string(m, prefix!);
    return self.startsWith(text) ? self.slice(text.length) : self;
  }),
  str.strict('removesuffix', 'suffix, /', (m, self, suffix) => {
    const text = string(m, suffix!);
    return text !== '' && self.endsWith(text) ? self.slice(0, -text.length) : self;
  }),
];

interface Part {
  readonly text: string;
  readonly start: number;
}

/** Undefined when the range starts behind its end: then not even the empty string is in it. */
function within(m: Machine, self: string, from: Value, to: Value): Part | undefined {
  if (from === null && to === null) return { text: self, start: 0 };
  const { start, end } = window(m, from, to, lengthOf(self));
  return start > end ? undefined : { text: cut(self, start, end), start };
}

function locate(m: Machine, self: string, range: readonly Value[], search: 'indexOf' | 'lastIndexOf'): number {
  const sub = string(m, range[0]!);
  const part = within(m, self, range[1]!, range[2]!);
  if (part === undefined) return -1;
  const at = pointAt(part.text, part.text[search](sub));
  return at < 0 ? -1 : at + part.start;
}

function found(m: Machine, at: number): Value {
  return at < 0 ? m.raise('ValueError', 'substring not found') : at;
}

/** How often `sub` occurs without overlaps; the empty string is between all characters. */
function countOf(text: string, sub: string): number {
  return sub === '' ? lengthOf(text) + 1 : text.split(sub).length - 1;
}

function affixes(m: Machine, value: Value): readonly string[] {
  const plain = payloadOf(value);
  return plain instanceof Tuple ? plain.items.map(it => string(m, it)) : [string(m, plain)];
}

function replaced(text: string, old: string, replacement: string, count: number): string {
  if (count < 0) return old === '' ? betweenAll(text, replacement, Infinity) : text.split(old).join(replacement);
  if (old === '') return betweenAll(text, replacement, count);
  const parts = text.split(old);
  const head = parts.slice(0, count + 1).join(replacement);
  return [head, ...parts.slice(count + 1)].join(old);
}

function betweenAll(text: string, replacement: string, count: number): string {
  const points = pointsOf(text);
  const pieces = points.map((it, i) => (i < count ? replacement + it : it));
  return pieces.join('') + (points.length < count ? replacement : '');
}
