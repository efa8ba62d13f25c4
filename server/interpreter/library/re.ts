/** `re`. */
import { integer } from '../builtins/arguments.js';
import { getter } from '../builtins/construct.js';
import { type Entry as BuiltinEntry, isVague, lazily, payloadOf, unknownFrom } from '../builtins/define.js';
import type { Machine } from '../machine.js';
import { type ClassValue, Instance, List, Tuple, type Value } from '../values.js';
import { classOf, type Entry, method } from './define.js';
import { expanded, Match, matchMethods } from './match.js';
import { flagBits, type Translated, translate } from './pattern.js';

/** Longest text that is searched: a regular expression can take very long on long ones. */
const LONGEST = 20_000;

export class Pattern extends Instance {
  constructor(
    cls: ClassValue,
    readonly matchClass: ClassValue,
    readonly source: string,
    readonly bits: number,
    readonly translated: Translated,
  ) {
    super(cls);
  }

  /** All matches from `start` on. */
  *matches(text: string, start = 0): Iterable<RegExpExecArray> {
    const regExp = new RegExp(this.translated.source, `${this.translated.flags}dg`);
    regExp.lastIndex = start;
    for (let match = regExp.exec(text); match !== null; match = regExp.exec(text)) {
      yield match;
      if (match[0] === '') regExp.lastIndex += 1;
    }
  }

  at(text: string, start: number, isFull: boolean): RegExpExecArray | null {
    const source = isFull ? `(?:${this.translated.source})(?![\\s\\S])` : this.translated.source;
    const regExp = new RegExp(source, `${this.translated.flags}dy`);
    regExp.lastIndex = start;
    return regExp.exec(text);
  }
}

type Search = (m: Machine, pattern: Pattern, text: string, rest: readonly Value[]) => Value;

/** What both the module and a compiled pattern can do, with the parameters after the text. */
const searches: Readonly<Record<string, readonly [parameters: string, search: Search]>> = {
  match: [
    'string, pos=0',
    (m, pattern, text, [pos]) => found(pattern, text, pattern.at(text, integer(m, pos ?? 0), false)),
  ],
  fullmatch: [
    'string, pos=0',
    (m, pattern, text, [pos]) => found(pattern, text, pattern.at(text, integer(m, pos ?? 0), true)),
  ],
  search: [
    'string, pos=0',
    (m, pattern, text, [pos]) => {
      const [first] = pattern.matches(text, integer(m, pos ?? 0));
      return found(pattern, text, first ?? null);
    },
  ],
  findall: ['string', (_, pattern, text) => new List([...pattern.matches(text)].map(groupsFound))],
  finditer: [
    'string',
    (_, pattern, text) =>
      lazily(
        'callable_iterator',
        [...pattern.matches(text)].map(it => found(pattern, text, it)),
      ),
  ],
  split: ['string, maxsplit=0', (m, pattern, text, [most]) => new List(split(pattern, text, integer(m, most ?? 0)))],
};

/** What takes a replacement before the text. */
const substitutions: Readonly<Record<string, Search>> = {
  sub: (...args) => substitute(...args).text,
  subn: (...args) => {
    const { text, count } = substitute(...args);
    return new Tuple([text, count]);
  },
};

export function reNames(m: Machine): Entry[] {
  const matchClass = classOf(m, 're', 'Match', matchMethods);
  const patternClass = classOf(m, 're', 'Pattern', patternMethods);
  const compile = (machine: Machine, pattern: Value, flags: Value): Pattern | Value => {
    if (pattern instanceof Pattern) return pattern;
    const source = payloadOf(pattern);
    if (typeof source !== 'string' || isVague(flags)) return unknownFrom(machine, 're.compile', [pattern, flags]);
    const bits = integer(machine, flags);
    const translated = translate(source, bits);
    if (translated === undefined) return machine.unknown('the regular expression is not followed');
    return new Pattern(patternClass, matchClass, source, bits, translated);
  };
  return [
    method('compile', 'pattern, flags=0', (machine, pattern, flags) => compile(machine, pattern!, flags!)),
    ...Object.entries(searches).map(([name, [parameters, search]]) =>
      method(name, `pattern, ${parameters}, flags=0`, (machine, pattern, text, ...rest) =>
        run(machine, name, compile(machine, pattern!, rest.at(-1)!), text!, rest.slice(0, -1), search),
      ),
    ),
    ...Object.entries(substitutions).map(([name, search]) =>
      method(name, 'pattern, repl, string, count=0, flags=0', (machine, pattern, repl, text, count, flags) =>
        run(machine, name, compile(machine, pattern!, flags!), text!, [repl!, count!], search),
      ),
    ),
    method('escape', 'pattern', (_, text) =>
      String(text).replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, it => `\\${it}`),
    ),
    method('purge', '', () => null),
    ...Object.entries(flagBits).flatMap(([name, bit]): Entry[] => [
      [name, bit],
      [name[0] === 'V' ? 'X' : name[0] === 'D' ? 'S' : name[0]!, bit],
    ]),
    ['NOFLAG', 0],
    ['Pattern', patternClass],
    ['Match', matchClass],
    ['error', m.builtins.exception('ValueError')],
  ];
}

const patternMethods: readonly BuiltinEntry[] = [
  ...Object.entries(searches).map(([name, [parameters, search]]) =>
    method(name, `self, ${parameters}`, (m, self, text, ...rest) => run(m, name, self!, text!, rest, search)),
  ),
  ...Object.entries(substitutions).map(([name, search]) =>
    method(name, 'self, repl, string, count=0', (m, self, repl, text, count) =>
      run(m, name, self!, text!, [repl!, count!], search),
    ),
  ),
  getter(method('pattern', 'self, /', (_, self) => (self as Pattern).source)),
  getter(method('flags', 'self, /', (_, self) => (self as Pattern).bits | flagBits.UNICODE)),
  getter(method('groups', 'self, /', (_, self) => groupCount(self as Pattern))),
];

const groupCount = (pattern: Pattern): number => new RegExp(`${pattern.translated.source}|`).exec('')!.length - 1;

function run(m: Machine, name: string, pattern: Value, text: Value, rest: readonly Value[], search: Search): Value {
  const plain = payloadOf(text);
  if (!(pattern instanceof Pattern)) return pattern;
  if (typeof plain !== 'string' && !isVague(plain)) return m.raise('TypeError', 'expected string or bytes-like object');
  if (typeof plain !== 'string' || rest.some(isVague)) return unknownFrom(m, name, [text, ...rest]);
  return plain.length > LONGEST ? m.unknown('the text is too long to search') : search(m, pattern, plain, rest);
}

function found(pattern: Pattern, text: string, match: RegExpExecArray | null): Value {
  return match === null ? null : new Match(pattern.matchClass, pattern, text, match);
}

/** The match, its one group, or all groups. */
function groupsFound(match: RegExpExecArray): Value {
  const groups = match.slice(1).map(it => it ?? '');
  if (groups.length === 0) return match[0];
  return groups.length === 1 ? groups[0]! : new Tuple(groups);
}

function split(pattern: Pattern, text: string, most: number): Value[] {
  const parts: Value[] = [];
  let end = 0;
  let count = 0;
  for (const match of pattern.matches(text)) {
    if (most > 0 && count === most) break;
    parts.push(text.slice(end, match.index), ...match.slice(1).map(it => it ?? null));
    end = match.index + match[0].length;
    count++;
  }
  return [...parts, text.slice(end)];
}

function substitute(
  m: Machine,
  pattern: Pattern,
  text: string,
  [repl, most]: readonly Value[],
): { text: Value; count: number } {
  let result = '';
  let end = 0;
  let count = 0;
  const limit = integer(m, most!);
  for (const match of pattern.matches(text)) {
    if (limit > 0 && count === limit) break;
    const filled = typeof repl === 'string' ? expanded(match, repl) : m.call(repl!, [found(pattern, text, match)]);
    if (typeof filled !== 'string') return { text: unknownFrom(m, 'sub', [filled]), count };
    result += text.slice(end, match.index) + filled;
    end = match.index + match[0].length;
    count++;
  }
  return { text: result + text.slice(end), count };
}
