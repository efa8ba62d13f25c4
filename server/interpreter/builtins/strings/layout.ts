/** `str` methods that pad, translate, encode and fill templates. */
import { keyOf } from '../../compare.js';
import type { Machine } from '../../machine.js';
import { unknownFilled } from '../../unknown-text.js';
import { Bytes, Descriptor, Dict, type Tuple, type Value } from '../../values.js';
import { integer, string } from '../arguments.js';
import { type Entry, fail, payloadOf, strict, type Table, unknownFrom } from '../define.js';
import { encode } from '../encoding.js';
import { lengthOf, pointsOf } from '../points.js';
import { str } from './receiver.js';
import { fillTemplate } from './template.js';

const LARGEST = 1e6;
const PADDING = "width, fillchar=' ', /";

export const layoutMethods: Table = [
  str.strict('ljust', PADDING, (m, self, width, fill) => pad(m, self, width!, fill!, () => 0)),
  str.strict('rjust', PADDING, (m, self, width, fill) => pad(m, self, width!, fill!, missing => missing)),
  str.strict('center', PADDING, (m, self, width, fill) => pad(m, self, width!, fill!, leftOfCenter)),
  str.strict('zfill', 'width, /', (m, self, width) => {
    const [, sign = '', digits = ''] = /^([+-]?)(.*)$/su.exec(self)!;
    const room = integer(m, width!) - lengthOf(sign);
    return room > LARGEST
      ? m.unknown('the text is too long to hold')
      : sign + '0'.repeat(Math.max(0, room - lengthOf(digits))) + digits;
  }),
  str.strict('expandtabs', 'tabsize=8', (m, self, size) => expandTabs(self, integer(m, size!))),
  str.lenient('translate', 'table, /', translate),
  str.strict('encode', "encoding='utf-8', errors='strict'", (m, self, encoding) => {
    const bytes = encode(self, string(m, encoding!));
    if (bytes !== undefined) return new Bytes(bytes);
    return fail(m, 'UnicodeEncodeError', `'${string(m, encoding!)}' codec can't encode characters`);
  }),
  str.lenient('format', '*args, **kwargs', (m, self, args, keywords) => {
    const fields = {
      positional: (args as Tuple).items,
      named: (name: string) => (keywords as Dict).entries.get(name)?.[1],
    };
    const text = fillTemplate(m, self, fields);
    if (text !== undefined) return text;
    return unknownFilled(unknownFrom(m, 'format', [args!, ...valuesOf(keywords as Dict)]), self, /\{[^{}]*\}/g);
  }),
  str.lenient('format_map', 'mapping, /', (m, self, mapping) => {
    const fields = { positional: [], named: (name: string) => m.getItem(mapping!, name) };
    return fillTemplate(m, self, fields) ?? unknownFrom(m, 'format_map', [mapping!]);
  }),
  makeTranslation(),
];

const valuesOf = (dict: Dict): Value[] => [...dict.entries.values()].map(it => it[1]);

function pad(
  m: Machine,
  text: string,
  width: Value,
  fill: Value,
  leftOf: (missing: number, width: number) => number,
): Value {
  const filler = string(m, fill);
  if (lengthOf(filler) !== 1) return m.raise('TypeError', 'The fill character must be exactly one character long');
  const wide = integer(m, width);
  const missing = wide - lengthOf(text);
  if (missing > LARGEST) return m.unknown('the text is too long to hold');
  if (missing <= 0) return text;
  const left = leftOf(missing, wide);
  return filler.repeat(left) + text + filler.repeat(missing - left);
}

/** The odd blank goes left where text and width are odd together, as CPython has it. */
const leftOfCenter = (missing: number, width: number): number => Math.floor(missing / 2) + (missing & width & 1);

function expandTabs(text: string, size: number): string {
  let column = 0;
  let expanded = '';
  for (const character of text) {
    const isTab = character === '\t';
    const piece = isTab ? ' '.repeat(size > 0 ? size - (column % size) : 0) : character;
    expanded += piece;
    column = character === '\n' || character === '\r' ? 0 : column + piece.length;
  }
  return expanded;
}

function translate(m: Machine, self: string, table: Value | undefined): Value {
  const plain = payloadOf(table!);
  if (!(plain instanceof Dict)) return unknownFrom(m, 'translate', [table!]);
  const pieces = pointsOf(self).map(it => translated(it, plain));
  return pieces.join('');
}

function translated(character: string, table: Dict): string {
  const pair = table.entries.get(character.codePointAt(0)!);
  if (pair === undefined) return character;
  const value = pair[1];
  if (typeof value === 'number') return String.fromCodePoint(value);
  return typeof value === 'string' ? value : '';
}

function makeTranslation(): Entry {
  const [name, run] = strict('maketrans', 'x, y=..., z=..., /', (m, x, y, z) => {
    const table = new Dict();
    const set = (key: Value, value: Value) => void table.entries.set(keyOf(key), [key, value]);
    if (x instanceof Dict) {
      for (const [key, value] of x.entries.values()) set(typeof key === 'string' ? key.codePointAt(0)! : key, value);
      return table;
    }
    const from = pointsOf(string(m, x!));
    const to = pointsOf(string(m, y!));
    if (from.length !== to.length) {
      return m.raise('ValueError', 'the first two maketrans arguments must have equal length');
    }
    for (const [i, it] of from.entries()) set(it.codePointAt(0)!, to[i]!.codePointAt(0)!);
    if (typeof z === 'string') for (const it of z) set(it.codePointAt(0)!, null);
    return table;
  });
  return [name, new Descriptor('staticmethod', run)];
}
