/** `re.Match`. */
import { getter } from '../builtins/construct.js';
import { fail } from '../builtins/define.js';
import type { Machine } from '../machine.js';
import { type ClassValue, Dict, Instance, Tuple, type Value } from '../values.js';
import { type Entry, method } from './define.js';
import type { Pattern } from './re.js';

export class Match extends Instance {
  constructor(
    cls: ClassValue,
    readonly pattern: Pattern,
    readonly text: string,
    readonly found: RegExpExecArray,
  ) {
    super(cls);
  }
}

export const matchMethods: readonly Entry[] = [
  method('group', 'self, /, *groups', (m, self, groups) => {
    const keys = (groups as Tuple).items;
    const values = (keys.length === 0 ? [0] : keys).map(it => groupOf(m, self as Match, it));
    return values.length === 1 ? values[0]! : new Tuple(values);
  }),
  method('__getitem__', 'self, group, /', (m, self, group) => groupOf(m, self as Match, group!)),
  method(
    'groups',
    'self, default=None',
    (_, self, fallback) => new Tuple((self as Match).found.slice(1).map(it => it ?? fallback!)),
  ),
  method('groupdict', 'self, default=None', (_, self, fallback) =>
    Dict.of(Object.entries((self as Match).found.groups ?? {}).map(([name, it]) => [name, it ?? fallback!] as const)),
  ),
  method('start', 'self, group=0, /', (m, self, group) => spanOf(m, self as Match, group!)[0]),
  method('end', 'self, group=0, /', (m, self, group) => spanOf(m, self as Match, group!)[1]),
  method('span', 'self, group=0, /', (m, self, group) => new Tuple(spanOf(m, self as Match, group!))),
  method('expand', 'self, template', (_, self, template) => expanded((self as Match).found, template as string)),
  method('__bool__', 'self, /', () => true),
  method('__repr__', 'self, /', (m, self) => {
    const [start, end] = spanOf(m, self as Match, 0);
    return `<re.Match object; span=(${start}, ${end}), match=${m.repr((self as Match).found[0])}>`;
  }),
  getter(method('string', 'self, /', (_, self) => (self as Match).text)),
  getter(method('re', 'self, /', (_, self) => (self as Match).pattern)),
  getter(method('lastindex', 'self, /', (_, self) => lastIndexOf(self as Match))),
  getter(
    method('lastgroup', 'self, /', (_, self) => {
      const index = lastIndexOf(self as Match);
      const names = Object.keys((self as Match).found.groups ?? {});
      return (
        names.find(it => index !== null && (self as Match).found.groups![it] === (self as Match).found[index]) ?? null
      );
    }),
  ),
];

function groupOf(m: Machine, match: Match, key: Value): Value {
  if (typeof key === 'string' && match.found.groups && key in match.found.groups)
    return match.found.groups[key] ?? null;
  if (typeof key === 'number' && key >= 0 && key < match.found.length) return match.found[key] ?? null;
  return fail(m, 'IndexError', 'no such group');
}

function spanOf(m: Machine, match: Match, key: Value): readonly [number, number] {
  const { indices } = match.found;
  const span = typeof key === 'string' ? indices?.groups?.[key] : indices?.[Number(key)];
  if (typeof key === 'number' && key >= match.found.length) m.raise('IndexError', 'no such group');
  return span ?? [-1, -1];
}

function lastIndexOf(match: Match): number | null {
  const index = match.found.findLastIndex((it, i) => i > 0 && it !== undefined);
  return index < 0 ? null : index;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };

/** A template with its `\1`, `\g<name>` and usual escapes filled in. */
export function expanded(match: RegExpExecArray, template: string): string {
  return template.replace(/\\(?:g<(\w+)>|(\d{1,2})|(.))/g, (whole, name?: string, index?: string, letter?: string) => {
    if (letter !== undefined) return escapes[letter] ?? whole;
    const key = name ?? index!;
    return (/^\d+$/.test(key) ? match[Number(key)] : match.groups?.[key]) ?? '';
  });
}
