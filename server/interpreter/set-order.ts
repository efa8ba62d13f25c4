/** The order in which CPython goes through a set: that of the slots that its items hash to. */
import { Tuple, type Value } from './values.js';

/**
 * Of items that were added one by one, in this order, to an empty set. Undefined where a hash changes from run to run, as
 * those of strings do.
 */
export function orderInTable(items: readonly Value[]): Value[] | undefined {
  let table: Slot[] = emptyTable(SMALLEST);
  let used = 0;
  for (const value of items) {
    const hash = hashOf(value);
    if (hash === undefined) return undefined;
    place(table, { value, hash });
    used++;
    if (used * 5 >= (table.length - 1) * 3) table = enlarged(table, used);
  }
  return table.filter(it => it !== undefined).map(it => it.value);
}

interface Item {
  readonly value: Value;
  readonly hash: bigint;
}

type Slot = Item | undefined;

/** Slots of the smallest set. */
export const SMALLEST = 8;
/** Sets that are larger grow to twice, others to four times their items. */
const LARGE = 50_000;
/** How many slots behind the first are tried before another is jumped to, if the table goes on so far. */
const NEIGHBOURS = 9;
const PERTURBATION = 5n;

const emptyTable = (slots: number): Slot[] => Array<Slot>(slots).fill(undefined);

function enlarged(table: readonly Slot[], used: number): Slot[] {
  const wanted = used > LARGE ? used * 2 : used * 4;
  let slots = SMALLEST;
  while (slots <= wanted) slots *= 2;
  const larger = emptyTable(slots);
  for (const item of table) if (item !== undefined) place(larger, item);
  return larger;
}

function place(table: Slot[], item: Item): void {
  const mask = BigInt(table.length - 1);
  let perturbation = BigInt.asUintN(64, item.hash);
  let at = perturbation & mask;
  for (;;) {
    const first = Number(at);
    const last = first + NEIGHBOURS < table.length ? first + NEIGHBOURS : first;
    for (let slot = first; slot <= last; slot++) {
      if (table[slot] !== undefined) continue;
      table[slot] = item;
      return;
    }
    perturbation >>= PERTURBATION;
    at = (at * 5n + 1n + perturbation) & mask;
  }
}

function hashOf(value: Value): bigint | undefined {
  if (value === true || value === false) return value ? 1n : 0n;
  if (typeof value === 'number' || typeof value === 'bigint') return hashOfInteger(BigInt(value));
  return value instanceof Tuple ? hashOfTuple(value.items) : undefined;
}

/** Integers are their own hashes, modulo a prime; -1 stands for an error. */
function hashOfInteger(value: bigint): bigint {
  const hash = value % MODULUS;
  return hash === -1n ? -2n : hash;
}

const MODULUS = 2n ** 61n - 1n;

/** What xxHash makes of the hashes of the items. */
function hashOfTuple(items: readonly Value[]): bigint | undefined {
  let sum = XX_PRIME_5;
  for (const item of items) {
    const hash = hashOf(item);
    if (hash === undefined) return undefined;
    const mixed = BigInt.asUintN(64, sum + hash * XX_PRIME_2);
    sum = BigInt.asUintN(64, ((mixed << 31n) | (mixed >> 33n)) * XX_PRIME_1);
  }
  const hash = BigInt.asIntN(64, sum + (BigInt(items.length) ^ (XX_PRIME_5 ^ 3527539n)));
  return hash === -1n ? 1546275796n : hash;
}

const XX_PRIME_1 = 11400714785074694791n;
const XX_PRIME_2 = 14029467366897019727n;
const XX_PRIME_5 = 2870177450012600261n;
