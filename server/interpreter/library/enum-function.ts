/** `Enum('Color', 'RED GREEN')`: an enumeration made by a call. */
import { collect } from '../builtins/list.js';
import type { Machine } from '../machine.js';
import { type ClassValue, Dict, Tuple, Unknown, type Value } from '../values.js';

export function functionalEnum(
  m: Machine,
  base: ClassValue,
  [name, second]: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): Value {
  const names = second === undefined ? keywords.get('names') : second;
  if (typeof name !== 'string' || names === undefined || names instanceof Unknown) {
    return m.unknown('the names of an enumeration are not known');
  }
  const start = keywords.get('start') ?? 1;
  const body = new Map<string, Value>();
  for (const [i, [member, value]] of pairsOf(m, names).entries()) {
    body.set(member, value === undefined ? m.binary('+', start, i) : value);
  }
  return m.createClass(name, [base], body, '__main__');
}

function pairsOf(m: Machine, names: Value): [name: string, value: Value | undefined][] {
  if (typeof names === 'string')
    return names
      .split(/[\s,]+/)
      .filter(it => it !== '')
      .map(it => [it, undefined]);
  if (names instanceof Dict) return [...names.entries.values()].map(([key, value]) => [key as string, value]);
  return collect(m, names).map(it => {
    const pair = it instanceof Tuple ? it.items : [it];
    return [pair[0] as string, pair[1]];
  });
}
