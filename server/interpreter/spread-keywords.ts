/** Keyword arguments from a mapping: `f(**mapping)`. */
import type { Machine } from './machine.js';
import { Dict, Union, Unknown, type Value } from './values.js';

/** Adds what `**value` gives; answers what stands for keywords that are not known. */
export function spreadKeywords(m: Machine, value: Value, keywords: Map<string, Value>): Unknown | undefined {
  if (value instanceof Unknown) return value;
  if (value instanceof Union) return spreadOneOf(m, value, keywords);
  const entries = value instanceof Dict ? [...value.entries.values()] : pairsOf(m, value);
  for (const [key, item] of entries) if (typeof key === 'string') keywords.set(key, item);
  return value instanceof Dict ? value.more : undefined;
}

/** Of several mappings what all have is given for certain, and perhaps more. */
function spreadOneOf(m: Machine, { alternatives }: Union, keywords: Map<string, Value>): Unknown | undefined {
  const spread = alternatives.map(it => {
    const own = new Map<string, Value>();
    return { own, unknown: spreadKeywords(m, it, own) };
  });
  const names = new Set(spread.flatMap(({ own }) => [...own.keys()]));
  const shared = [...names].filter(name => spread.every(({ own }) => own.has(name)));
  for (const name of shared)
    keywords.set(
      name,
      spread.map(({ own }) => own.get(name)!).reduce((a, b) => m.join(a, b)!),
    );
  const known = spread.find(it => it.unknown !== undefined)?.unknown;
  return known ?? (shared.length < names.size ? m.unknown('keywords of one of several mappings') : undefined);
}

function pairsOf(m: Machine, mapping: Value): [Value, Value][] {
  return [...m.iterate(m.callMethod(mapping, 'keys'))].map(key => [key, m.getItem(mapping, key)]);
}
