/** `string`, `textwrap`, `bisect`, `numbers`: small modules. */
import { lenient, strict, type Table } from '../builtins/define.js';
import { collect } from '../builtins/list.js';
import type { Machine } from '../machine.js';
import { type ClassValue, List, Tuple, type Value } from '../values.js';
import { classOf, type Entry, unknownNames } from './define.js';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

export const stringNames: Table = [
  ['ascii_lowercase', lower],
  ['ascii_uppercase', lower.toUpperCase()],
  ['ascii_letters', lower + lower.toUpperCase()],
  ['digits', digits],
  ['hexdigits', `${digits}abcdefABCDEF`],
  ['octdigits', '01234567'],
  ['punctuation', punctuation],
  ['whitespace', ' \t\n\r\x0b\x0c'],
  ['printable', `${digits}${lower}${lower.toUpperCase()}${punctuation} \t\n\r\x0b\x0c`],
  strict('capwords', 's, sep=None', (m, text) =>
    m.callMethod(' ', 'join', [
      new List((m.listOf(m.callMethod(text!, 'split')) ?? []).map(it => m.callMethod(it, 'capitalize'))),
    ]),
  ),
  ...unknownNames('templates are not followed', 'Template Formatter'),
];

export const textwrapNames: Table = [
  strict('dedent', 'text', (_, text) => dedented(String(text))),
  strict('indent', 'text, prefix, predicate=None', (_, text, prefix) =>
    String(text).replace(/^(?=.*\S)/gm, String(prefix)),
  ),
  ...unknownNames('wrapping is not followed', 'wrap fill shorten TextWrapper'),
];

function dedented(text: string): string {
  const lines = text.replace(/^[ \t]+$/gm, '').split('\n');
  const margins = lines.filter(it => it !== '').map(it => /^[ \t]*/.exec(it)![0]);
  const margin = margins.reduce((a, b) => commonPrefix(a, b), margins[0] ?? '');
  return lines.map(it => (it.startsWith(margin) ? it.slice(margin.length) : it)).join('\n');
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

export const bisectNames: Table = [
  ...(['bisect_left', 'bisect_right', 'bisect'] as const).map(name =>
    lenient(name, 'a, x, lo=0, hi=None, *, key=None', (m, items, x, _, __, key) =>
      position(m, name, collect(m, items!), x!, key!),
    ),
  ),
  ...(['insort_left', 'insort_right', 'insort'] as const).map(name =>
    lenient(name, 'a, x, lo=0, hi=None, *, key=None', (m, items, x, _, __, key) => {
      const at = position(
        m,
        name.replace('insort', 'bisect'),
        collect(m, items!),
        key === null ? x! : m.call(key!, [x!]),
        key!,
      );
      return m.callMethod(items!, 'insert', [at, x!]);
    }),
  ),
];

/** The list is taken to be sorted. */
function position(m: Machine, name: string, items: readonly Value[], x: Value, key: Value): Value {
  const keys = items.map(it => (key === null ? it : m.call(key, [it])));
  const answers = keys.map(it => m.compare(name === 'bisect_left' ? '<' : '<=', it, x));
  return answers.includes(undefined) ? m.unknown('the order is not known') : answers.filter(it => it).length;
}

/** Abstract classes of numbers, with the builtin types that belong to them. */
export function numbersNames(m: Machine, abc: Value): Entry[] {
  const members: Readonly<Record<string, readonly string[]>> = {
    Number: ['int', 'float', 'complex'],
    Complex: ['int', 'float', 'complex'],
    Real: ['int', 'float'],
    Rational: ['int'],
    Integral: ['int'],
  };
  let base: ClassValue | undefined;
  return Object.entries(members).map(([name, types]): Entry => {
    const cls = classOf(
      m,
      'numbers',
      name,
      [['_abc_registry', new Tuple(types.map(it => m.builtins.typeNamed(it)))]],
      base ? [base] : [],
    );
    cls.metaclass = abc as ClassValue;
    base = cls;
    return [name, cls];
  });
}
