/** Joins the values that two branches leave in the same place. */
import { equalSizes } from '../../core/size.js';
import type { Machine } from './machine.js';
import { Float, Instance, List, Symbolic, Tuple, Union, Unknown, type Value } from './values.js';

const MOST_ALTERNATIVES = 4;
/** Tensors that an unknown value is followed back to: in a loop they would double with every turn. */
const MOST_INPUTS = 16;

/** Either may be absent: what exists on one branch only is kept. */
export function joinValues(m: Machine, a: Value | undefined, b: Value | undefined): Value | undefined {
  if (a === b || b === undefined) return a;
  if (a === undefined) return b;
  return joinPresent(m, a, b);
}

function joinPresent(m: Machine, a: Value, b: Value): Value {
  if (a instanceof Unknown || b instanceof Unknown) return joinUnknown(a, b);
  if (sameNumber(a, b)) return a;
  if (a instanceof Tuple && b instanceof Tuple && a.items.length === b.items.length) {
    return new Tuple(joinItems(m, a.items, b.items));
  }
  if (a instanceof List && b instanceof List && a.items.length === b.items.length) {
    return new List(joinItems(m, a.items, b.items), a.more ?? b.more);
  }
  return unite(m, a, b);
}

function joinUnknown(a: Value, b: Value): Unknown {
  const unknown = (a instanceof Unknown ? a : b) as Unknown;
  const inputs = [a, b].flatMap(it =>
    it instanceof Unknown ? (it.inputs ?? []) : it instanceof Instance && it.tracked ? [it] : [],
  );
  const foreign = [a, b].find((it): it is Unknown => it instanceof Unknown && it.foreign === true);
  const { reason, site, foreign: isForeign } = foreign ?? unknown;
  const both = a instanceof Unknown && b instanceof Unknown ? ([a, b] as const) : undefined;
  const symbol = both && sharedSymbol(...both);
  const power = both && sharedPower(...both);
  return new Unknown(reason, site, symbol, [...new Set(inputs)].slice(0, MOST_INPUTS), power, isForeign);
}

/** The same expression on both branches stands for the same thing. */
const sharedSymbol = (a: Unknown, b: Unknown): string | undefined => (a.symbol === b.symbol ? a.symbol : undefined);

function sharedPower({ power: a }: Unknown, { power: b }: Unknown): Unknown['power'] {
  if (a === undefined || b === undefined) return undefined;
  const isSame = a.exponent === b.exponent && a.coefficient === b.coefficient && equalSizes(a.base, b.base);
  return isSame ? a : undefined;
}

function sameNumber(a: Value, b: Value): boolean {
  if (a instanceof Float && b instanceof Float) return Object.is(a.value, b.value);
  return a instanceof Symbolic && b instanceof Symbolic && equalSizes(a.size, b.size);
}

const joinItems = (m: Machine, a: readonly Value[], b: readonly Value[]) => a.map((it, i) => joinValues(m, it, b[i])!);

function unite(m: Machine, a: Value, b: Value): Value {
  const alternatives = [...alternativesOf(a)];
  for (const other of alternativesOf(b)) add(m, alternatives, other);
  if (alternatives.length > MOST_ALTERNATIVES) return m.unknown('it is one of many values');
  return alternatives.length === 1 ? alternatives[0]! : new Union(alternatives);
}

/** In place of one of them where one value stands for both. */
function add(m: Machine, alternatives: Value[], other: Value): void {
  for (const [at, it] of alternatives.entries()) {
    const one = it === other || sameNumber(it, other) ? it : asOne(m, it, other);
    if (one === undefined) continue;
    alternatives[at] = one;
    return;
  }
  alternatives.push(other);
}

const asOne = (m: Machine, a: Value, b: Value): Value | undefined =>
  a instanceof Instance && b instanceof Instance ? m.hooks.join?.(m, a, b) : undefined;

const alternativesOf = (value: Value): readonly Value[] => (value instanceof Union ? value.alternatives : [value]);
