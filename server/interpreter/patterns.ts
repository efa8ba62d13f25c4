/** Patterns of `match`; undefined where it is not known whether one matches. */
import type * as tree from '../syntax/tree.js';
import { setName } from './assign.js';
import { findInClass } from './attributes.js';
import { compareValues, equal, keyOf } from './compare.js';
import { evaluate } from './expressions.js';
import type { Frame } from './frame.js';
import { isUncounted } from './iteration.js';
import type { Machine } from './machine.js';
import { ClassValue, Dict, List, Tuple, Unknown, type Value } from './values.js';

type Match = boolean | undefined;

export function matchPattern(m: Machine, frame: Frame, pattern: tree.Pattern, subject: Value): Match {
  switch (pattern.kind) {
    case 'MatchValue':
      return equal(m, subject, evaluate(m, frame, pattern.value));
    case 'MatchSingleton':
      return compareValues(m, 'is', subject, pattern.value);
    case 'MatchAs':
      return capture(m, frame, pattern, subject);
    case 'MatchOr':
      return either(pattern.patterns.map(it => () => matchPattern(m, frame, it, subject)));
    case 'MatchSequence':
      return matchSequence(m, frame, pattern.patterns, subject);
    case 'MatchMapping':
      return matchMapping(m, frame, pattern, subject);
    case 'MatchClass':
      return matchClass(m, frame, pattern, subject);
    case 'MatchStar':
      if (pattern.name) setName(m, frame.scope, pattern.name.name, subject);
      return true;
  }
}

function either(options: readonly (() => Match)[]): Match {
  let answer: Match = false;
  for (const option of options) {
    const matched = option();
    if (matched === true) return true;
    if (matched === undefined) answer = undefined;
  }
  return answer;
}

function all(conditions: readonly (() => Match)[]): Match {
  let answer: Match = true;
  for (const condition of conditions) {
    const matched = condition();
    if (matched === false) return false;
    if (matched === undefined) answer = undefined;
  }
  return answer;
}

function capture(m: Machine, frame: Frame, pattern: tree.Pattern & { kind: 'MatchAs' }, subject: Value): Match {
  const matched = pattern.pattern ? matchPattern(m, frame, pattern.pattern, subject) : true;
  if (matched !== false && pattern.name) setName(m, frame.scope, pattern.name.name, subject);
  return matched;
}

function matchSequence(m: Machine, frame: Frame, patterns: readonly tree.Pattern[], subject: Value): Match {
  if (subject instanceof Unknown) {
    for (const pattern of patterns) matchPattern(m, frame, pattern, subject);
    return undefined;
  }
  if (!(subject instanceof List || subject instanceof Tuple)) return false;
  if (isUncounted(subject)) return matchSequence(m, frame, patterns, (subject as List).more!.derive());
  const { items } = subject;
  const star = patterns.findIndex(it => it.kind === 'MatchStar');
  if (star < 0 ? items.length !== patterns.length : items.length < patterns.length - 1) return false;
  if (star < 0) return all(patterns.map((it, i) => () => matchPattern(m, frame, it, items[i]!)));
  const after = patterns.length - star - 1;
  const rest = new List(items.slice(star, items.length - after));
  const values = [...items.slice(0, star), rest, ...items.slice(items.length - after)];
  return all(patterns.map((it, i) => () => matchPattern(m, frame, it, values[i]!)));
}

function matchMapping(
  m: Machine,
  frame: Frame,
  pattern: tree.Pattern & { kind: 'MatchMapping' },
  subject: Value,
): Match {
  if (subject instanceof Unknown) return undefined;
  if (!(subject instanceof Dict)) return false;
  const rest = new Dict(new Map(subject.entries));
  const matched = all(
    pattern.keys.map((key, i) => () => {
      const name = keyOf(evaluate(m, frame, key));
      const entry = subject.entries.get(name);
      rest.entries.delete(name);
      return entry === undefined ? false : matchPattern(m, frame, pattern.patterns[i]!, entry[1]);
    }),
  );
  if (matched !== false && pattern.rest) setName(m, frame.scope, pattern.rest.name, rest);
  return matched;
}

function matchClass(m: Machine, frame: Frame, pattern: tree.Pattern & { kind: 'MatchClass' }, subject: Value): Match {
  const cls = evaluate(m, frame, pattern.type);
  const isInstance = m.isInstance(subject, cls);
  if (isInstance === false) return false;
  const names = positionalNames(m, cls);
  return all([
    () => isInstance,
    ...pattern.patterns.map((it, i) => () => {
      const name = names[i];
      return matchPattern(m, frame, it, name === undefined ? subject : m.getAttribute(subject, name));
    }),
    ...pattern.keywords.map(({ name, pattern: inner }) => () => {
      const value = m.findAttribute(subject, name.name);
      return value === undefined ? false : matchPattern(m, frame, inner, value);
    }),
  ]);
}

function positionalNames(m: Machine, cls: Value): readonly string[] {
  const names = cls instanceof ClassValue ? findInClass(cls, '__match_args__') : undefined;
  return names === undefined ? [] : [...m.iterate(names)].filter((it): it is string => typeof it === 'string');
}
