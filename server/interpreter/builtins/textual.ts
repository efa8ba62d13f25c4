/** Builtin functions that make and read text, and those that reach outside, which are not followed. */
import { evalText, execText } from '../dynamic-code.js';
import type { Machine } from '../machine.js';
import { absent } from '../native.js';
import { formatValue } from '../text.js';
import { Bytes, Symbolic, Unknown, type Value } from '../values.js';
import { integer, string } from './arguments.js';
import { made, maker } from './construct.js';
import { type Entry, fail, isVague, lenient, strict, type Table, unknownFrom } from './define.js';
import { decode } from './encoding.js';
import { lengthOf } from './points.js';
import { asciiRepr } from './quoting.js';

export const strConstructor: Entry = maker('object=..., encoding=None, errors=None', (m, cls, value, encoding) =>
  made(m, cls, toStr(m, value!, encoding!)),
);

export const textual: Table = [
  lenient('repr', 'obj, /', (m, value) => m.repr(value!) ?? unknownFrom(m, 'repr', [value!])),
  lenient('ascii', 'obj, /', (m, value) => {
    const text = m.repr(value!);
    return text === undefined ? unknownFrom(m, 'ascii', [value!]) : asciiRepr(text);
  }),
  lenient('format', "value, format_spec='', /", (m, value, spec) => {
    if (isVague(spec!)) return unknownFrom(m, 'format', [spec!]);
    return formatValue(m, value!, string(m, spec!)) ?? unknownFrom(m, 'format', [value!]);
  }),
  strict('chr', 'i, /', (m, code) => {
    const point = integer(m, code!);
    const isValid = point >= 0 && point < 0x110000;
    return isValid ? String.fromCodePoint(point) : fail(m, 'ValueError', 'chr() arg not in range(0x110000)');
  }),
  strict('ord', 'c, /', (m, character) => {
    const text = character instanceof Bytes ? character.value : string(m, character!);
    if (lengthOf(text) === 1) return text.codePointAt(0)!;
    return fail(m, 'TypeError', `ord() expected a character, but string of length ${lengthOf(text)} found`);
  }),
  lenient('print', '*args, **kwargs', () => null),
  lenient('breakpoint', '*args, **kwargs', () => null),
  lenient('input', "prompt='', /", m => m.unknown('what the user types is not known')),
  lenient('open', 'file, *args, **kwargs', m => m.unknown('files are not read')),
  lenient('eval', 'source, globals=None, locals=None, /', (m, source, globals, locals) =>
    typeof source === 'string' ? evalText(m, source, globals!, locals!) : unseen(m, 'eval'),
  ),
  lenient('exec', 'source, globals=None, locals=None, /', (m, source, globals, locals) =>
    typeof source === 'string' ? execText(m, source, globals!, locals!) : unseen(m, 'exec'),
  ),
  lenient('compile', 'source, *args, **kwargs', m => m.unknown('`compile` is not followed')),
  lenient('memoryview', 'object, /', m => m.unknown('memory is not followed')),
  lenient('help', '*args', () => null),
  lenient('exit', '*args', m => m.raise('SystemExit', '')),
  lenient('quit', '*args', m => m.raise('SystemExit', '')),
  lenient('__import__', 'name, *args, **kwargs', (m, name) => {
    if (typeof name !== 'string') return unknownFrom(m, '__import__', [name!]);
    m.importModule(name);
    return m.importModule(name.split('.')[0]!);
  }),
];

function unseen(m: Machine, name: string): Unknown {
  m.incomplete(`the text that \`${name}\` runs is not known`);
  return m.unknown(`the text that \`${name}\` runs is not known`, { foreign: true });
}

function toStr(m: Machine, value: Value, encoding: Value): Value {
  if (value === absent) return '';
  if (value instanceof Bytes && typeof encoding === 'string') {
    return decode(value.value, encoding) ?? m.unknown('the encoding is not known');
  }
  if (value instanceof Unknown || value instanceof Symbolic) return unknownFrom(m, 'str', [value]);
  return m.toText(value) ?? unknownFrom(m, 'str', [value]);
}
