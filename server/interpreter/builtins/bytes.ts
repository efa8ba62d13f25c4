/** `bytes`, `bytearray` among them: what model code does with bytes. */
import type { Machine } from '../machine.js';
import { Bytes, List, Slice, Tuple, type Value } from '../values.js';
import { integer, positions, string } from './arguments.js';
import { classMethod, made, maker } from './construct.js';
import { fail, isVague, lazily, payloadOf, receiver, type Table, unknownFrom } from './define.js';
import { common, operators } from './dunders.js';
import { decode, encode } from './encoding.js';
import { strMethods } from './strings/index.js';

const LARGEST = 1e6;
const bytes = receiver('bytes', value => (value instanceof Bytes ? value : undefined));

/** Methods that do to bytes what they do to text. */
const shared = [
  'capitalize',
  'center',
  'count',
  'endswith',
  'expandtabs',
  'find',
  'index',
  'isalnum',
  'isalpha',
  'isascii',
  'isdigit',
  'islower',
  'isspace',
  'istitle',
  'isupper',
  'join',
  'ljust',
  'lower',
  'lstrip',
  'partition',
  'removeprefix',
  'removesuffix',
  'replace',
  'rfind',
  'rindex',
  'rjust',
  'rpartition',
  'rsplit',
  'rstrip',
  'split',
  'splitlines',
  'startswith',
  'strip',
  'swapcase',
  'title',
  'upper',
  'zfill',
  '__contains__',
] as const;

const textMethods = new Map(strMethods);

export const bytesMethods: Table = [
  maker("source=b'', encoding=None, errors='strict'", (m, cls, source, encoding) =>
    made(m, cls, toBytes(m, source!, encoding!)),
  ),
  ...shared.map(name =>
    bytes.lenient(name, '*args, **kwargs', (m, self, args) => {
      if (isVague(args!)) return unknownFrom(m, name, [args!]);
      const plain = (args as Tuple).items.map(it => asText(m, it));
      return asBytes(m.call(textMethods.get(name)!, [self.value, ...plain]));
    }),
  ),
  bytes.strict('decode', "encoding='utf-8', errors='strict'", (m, self, encoding) => {
    const text = decode(self.value, string(m, encoding!));
    return text ?? fail(m, 'UnicodeDecodeError', `'${string(m, encoding!)}' codec can't decode the bytes`);
  }),
  bytes.strict('hex', '', (_, self) => Array.from(self.value, hexOf).join('')),
  bytes.strict('__len__', '', (_, self) => self.value.length),
  bytes.strict('__iter__', '', (_, self) =>
    lazily(
      'bytes_iterator',
      Array.from(self.value, it => it.charCodeAt(0)),
    ),
  ),
  bytes.strict('__getitem__', 'index, /', (m, self, index) => {
    const { value } = self;
    if (index instanceof Slice)
      return new Bytes(
        positions(m, index, value.length)
          .map(it => value[it]!)
          .join(''),
      );
    const at = integer(m, index!);
    const byte = value[at < 0 ? at + value.length : at];
    return byte === undefined ? fail(m, 'IndexError', 'index out of range') : byte.charCodeAt(0);
  }),
  ...common(bytes),
  ...operators(bytes, { add: '+', mul: '*' }),
  classMethod('fromhex', 'string, /', (m, _, text) => {
    if (isVague(text!)) return unknownFrom(m, 'fromhex', [text!]);
    const digits = string(m, text!).replaceAll(/\s/g, '');
    if (!/^([0-9a-f]{2})*$/i.test(digits))
      return fail(m, 'ValueError', 'non-hexadecimal number found in fromhex() arg');
    const codes = (digits.match(/../g) ?? []).map(it => Number.parseInt(it, 16));
    return new Bytes(String.fromCharCode(...codes));
  }),
];

const hexOf = (byte: string): string => byte.charCodeAt(0).toString(16).padStart(2, '0');

function toBytes(m: Machine, source: Value, encoding: Value): Value {
  const plain = payloadOf(source);
  if (isVague(plain)) return unknownFrom(m, 'bytes', [plain]);
  if (plain instanceof Bytes) return plain;
  if (typeof plain === 'string') return encoded(m, plain, encoding);
  if (typeof plain === 'number') {
    return plain > LARGEST ? m.unknown('the bytes are too many to hold') : new Bytes('\0'.repeat(Math.max(0, plain)));
  }
  const items = m.listOf(plain);
  if (items === undefined || items.some(isVague)) return unknownFrom(m, 'bytes', items ?? [plain]);
  const codes = items.map(it => integer(m, it));
  if (codes.some(it => it < 0 || it > 255)) return fail(m, 'ValueError', 'bytes must be in range(0, 256)');
  return new Bytes(codes.map(it => String.fromCharCode(it)).join(''));
}

function encoded(m: Machine, text: string, encoding: Value): Value {
  if (encoding === null) return fail(m, 'TypeError', 'string argument without an encoding');
  const value = encode(text, string(m, encoding));
  return value === undefined ? m.unknown('the encoding is not known') : new Bytes(value);
}

function asText(m: Machine, value: Value): Value {
  if (value instanceof Bytes) return value.value;
  if (value instanceof Tuple) return new Tuple(value.items.map(it => asText(m, it)));
  if (value instanceof List) return new List(value.items.map(it => asText(m, it)));
  return typeof value === 'string' ? m.raise('TypeError', "a bytes-like object is required, not 'str'") : value;
}

function asBytes(value: Value): Value {
  if (typeof value === 'string') return new Bytes(value);
  if (value instanceof Tuple) return new Tuple(value.items.map(asBytes));
  return value instanceof List ? new List(value.items.map(asBytes)) : value;
}
