/** `itertools`: all lazy, as in Python. */
import { integer } from '../builtins/arguments.js';
import { classMethod } from '../builtins/construct.js';
import { type Entry, isVague, lazily, lenient, pull, type Table, unknownFrom } from '../builtins/define.js';
import { type Source, sourcesOf, together } from '../builtins/iterators.js';
import { collect } from '../builtins/list.js';
import type { Machine } from '../machine.js';
import { absent, nativeClass } from '../native.js';
import { Tuple, type Value } from '../values.js';

/** Arguments of these names must be known, or nothing is. */
const COUNTS = /\b(times|n|r|start|stop|step)\b/;

export const itertoolsNames: Table = [
  lazy('count', 'start=0, step=1', (m, start, step) => count(m, start!, step!)),
  lazy('cycle', 'iterable, /', (m, iterable) => cycle(m, pull(m, iterable!))),
  lazy('repeat', 'object, times=None', (m, item, times) =>
    repeat(m, item!, times === null ? Infinity : integer(m, times!)),
  ),
  lazy('accumulate', 'iterable, func=None, *, initial=None', (m, iterable, callee, initial) =>
    accumulate(m, pull(m, iterable!), callee!, initial!),
  ),
  lazy('batched', 'iterable, n', (m, iterable, size) => batched(m, pull(m, iterable!), integer(m, size!))),
  ['chain', chainClass()],
  lazy('compress', 'data, selectors', (m, data, selectors) =>
    compress(m, sourcesOf(m, new Tuple([data!, selectors!]))),
  ),
  lazy('dropwhile', 'predicate, iterable, /', (m, test, iterable) => dropWhile(m, test!, pull(m, iterable!))),
  lazy('takewhile', 'predicate, iterable, /', (m, test, iterable) => takeWhile(m, test!, pull(m, iterable!))),
  lazy('filterfalse', 'predicate, iterable, /', (m, test, iterable) => filterFalse(m, test!, pull(m, iterable!))),
  lazy('groupby', 'iterable, key=None', (m, iterable, key) => groupBy(m, pull(m, iterable!), key!)),
  lazy('islice', 'iterable, start, stop=..., step=1, /', (m, iterable, start, stop, step) => {
    const isShort = stop === absent;
    const from = isShort || start === null ? 0 : integer(m, start!);
    const end = isShort ? start! : stop!;
    return islice(
      m,
      pull(m, iterable!),
      from,
      end === null ? Infinity : integer(m, end),
      step === null ? 1 : integer(m, step!),
    );
  }),
  lazy('pairwise', 'iterable, /', (m, iterable) => pairwise(m, pull(m, iterable!))),
  lazy('starmap', 'function, iterable, /', (m, callee, iterable) => starmap(m, callee!, pull(m, iterable!))),
  lenient('tee', 'iterable, n=2, /', (m, iterable, copies) => {
    if (isVague(copies!)) return unknownFrom(m, 'tee', [copies!]);
    const shared = new SharedItems(pull(m, iterable!));
    return new Tuple(Array.from({ length: integer(m, copies!) }, () => lazily('_tee', shared.items())));
  }),
  lenient('zip_longest', '*iterables, fillvalue=None', (m, iterables, fill) =>
    lazily('zip_longest', zipLongest(m, sourcesOf(m, iterables!), fill!)),
  ),
  lenient('product', '*iterables, repeat=1', (m, iterables, times) => {
    if (isVague(times!)) return unknownFrom(m, 'product', [times!]);
    const pools = (iterables as Tuple).items.map(it => collect(m, it));
    const repeated = Array.from({ length: integer(m, times!) }, () => pools).flat();
    return lazily('product', product(m, repeated));
  }),
  lazy('permutations', 'iterable, r=None', (m, iterable, size) => {
    const pool = collect(m, iterable!);
    return tuples(pool, permutations(m, pool.length, size === null ? pool.length : integer(m, size!)));
  }),
  lazy('combinations', 'iterable, r', (m, iterable, size) => {
    const pool = collect(m, iterable!);
    return tuples(pool, combinations(m, pool.length, integer(m, size!), 1));
  }),
  lazy('combinations_with_replacement', 'iterable, r', (m, iterable, size) => {
    const pool = collect(m, iterable!);
    return tuples(pool, combinations(m, pool.length, integer(m, size!), 0));
  }),
];

function lazy(name: string, signature: string, items: (m: Machine, ...args: Value[]) => Iterable<Value>): Entry {
  const isCount = name === 'count' ? [] : signature.split(', ').map(it => COUNTS.test(it));
  return lenient(name, signature, (m, ...args) => {
    if (args.some((it, i) => isCount[i] && isVague(it))) return unknownFrom(m, name, args);
    return lazily(name, items(m, ...args));
  });
}

/** The items of a source, each at the cost of a step; the source stays open. */
function* rest(m: Machine, source: Source): Generator<Value> {
  for (const [item] of together(m, [source])) yield item!;
}

function* count(m: Machine, start: Value, step: Value): Iterable<Value> {
  for (let value = start; ; value = m.binary('+', value, step)) {
    m.step();
    yield value;
  }
}

function* cycle(m: Machine, source: Source): Iterable<Value> {
  const items: Value[] = [];
  for (const item of rest(m, source)) {
    items.push(item);
    yield item;
  }
  while (items.length > 0) {
    for (const item of items) {
      m.step();
      yield item;
    }
  }
}

function* repeat(m: Machine, item: Value, times: number): Iterable<Value> {
  for (let i = 0; i < times; i++) {
    m.step();
    yield item;
  }
}

function* accumulate(m: Machine, source: Source, callee: Value, initial: Value): Iterable<Value> {
  let total: Value | undefined = initial === null ? undefined : initial;
  if (total !== undefined) yield total;
  for (const item of rest(m, source)) {
    if (total === undefined) total = item;
    else total = callee === null ? m.binary('+', total, item) : m.call(callee, [total, item]);
    yield total;
  }
}

function* batched(m: Machine, source: Source, size: number): Iterable<Value> {
  let batch: Value[] = [];
  for (const item of rest(m, source)) {
    batch.push(item);
    if (batch.length < size) continue;
    yield new Tuple(batch);
    batch = [];
  }
  if (batch.length > 0) yield new Tuple(batch);
}

function* chained(m: Machine, iterables: Iterable<Value>): Iterable<Value> {
  for (const iterable of iterables) yield* rest(m, pull(m, iterable));
}

/** A class, because `chain.from_iterable` makes one too. */
function chainClass(): Value {
  return nativeClass(
    'chain',
    'itertools',
    [],
    [
      lenient('__new__', 'cls, /, *iterables', (m, _, iterables) =>
        lazily('chain', chained(m, (iterables as Tuple).items)),
      ),
      classMethod('from_iterable', 'iterable, /', (m, _, iterable) =>
        lazily('chain', chained(m, { [Symbol.iterator]: () => rest(m, pull(m, iterable!)) })),
      ),
    ],
  );
}

function* compress(m: Machine, sources: readonly Source[]): Iterable<Value> {
  for (const [item, selector] of together(m, sources)) if (m.truth(selector!) !== false) yield item!;
}

const holds = (m: Machine, test: Value, item: Value): boolean =>
  m.truth(test === null ? item : m.call(test, [item])) !== false;

function* dropWhile(m: Machine, test: Value, source: Source): Iterable<Value> {
  let isDropping = true;
  for (const item of rest(m, source)) {
    isDropping &&= holds(m, test, item);
    if (!isDropping) yield item;
  }
}

function* takeWhile(m: Machine, test: Value, source: Source): Iterable<Value> {
  for (const item of rest(m, source)) {
    if (!holds(m, test, item)) return;
    yield item;
  }
}

function* filterFalse(m: Machine, test: Value, source: Source): Iterable<Value> {
  for (const item of rest(m, source)) {
    if (m.truth(test === null ? item : m.call(test, [item])) !== true) yield item;
  }
}

/** Groups are collected when they end, which differs from Python only in when a key function runs. */
function* groupBy(m: Machine, source: Source, key: Value): Iterable<Value> {
  let group: Value[] = [];
  let current: Value = null;
  for (const item of rest(m, source)) {
    const itemKey = key === null ? item : m.call(key, [item]);
    if (group.length > 0 && m.equal(itemKey, current) !== true) {
      yield new Tuple([current, lazily('_grouper', group)]);
      group = [];
    }
    current = itemKey;
    group.push(item);
  }
  if (group.length > 0) yield new Tuple([current, lazily('_grouper', group)]);
}

function* islice(m: Machine, source: Source, start: number, stop: number, step: number): Iterable<Value> {
  if (start < 0 || stop < 0 || step < 1)
    m.raise('ValueError', 'Indices for islice() must be None or non-negative integers');
  let next = start;
  for (let i = 0; i < stop; i++) {
    m.step();
    const { done, value } = source.next();
    if (done) return;
    if (i !== next) continue;
    yield value;
    next += step;
  }
}

function* pairwise(m: Machine, source: Source): Iterable<Value> {
  let previous: Value | undefined;
  for (const item of rest(m, source)) {
    if (previous !== undefined) yield new Tuple([previous, item]);
    previous = item;
  }
}

function* starmap(m: Machine, callee: Value, source: Source): Iterable<Value> {
  for (const item of rest(m, source)) yield m.call(callee, isVague(item) ? [item] : collect(m, item));
}

/** Items that several iterators read at their own pace. */
class SharedItems {
  private readonly seen: Value[] = [];
  constructor(private readonly source: Source) {}
  *items(): Iterable<Value> {
    for (let i = 0; ; i++) {
      if (i === this.seen.length) {
        const { done, value } = this.source.next();
        if (done) return;
        this.seen.push(value);
      }
      yield this.seen[i]!;
    }
  }
}

function* zipLongest(m: Machine, sources: readonly Source[], fill: Value): Iterable<Value> {
  const isOpen = sources.map(() => true);
  for (;;) {
    m.step();
    const items = sources.map((source, i) => {
      const step = isOpen[i] ? source.next() : undefined;
      if (step?.done) isOpen[i] = false;
      return step === undefined || step.done ? fill : step.value;
    });
    if (!isOpen.includes(true)) return;
    yield new Tuple(items);
  }
}

function* product(m: Machine, pools: readonly (readonly Value[])[]): Iterable<Value> {
  const [first, ...others] = pools;
  if (first === undefined) {
    yield new Tuple([]);
    return;
  }
  for (const item of first) {
    for (const tail of product(m, others)) {
      m.step();
      yield new Tuple([item, ...(tail as Tuple).items]);
    }
  }
}

function* permutations(m: Machine, length: number, size: number, taken: readonly number[] = []): Iterable<number[]> {
  m.step();
  if (taken.length === size) {
    yield [...taken];
    return;
  }
  for (let i = 0; i < length; i++) {
    if (!taken.includes(i)) yield* permutations(m, length, size, [...taken, i]);
  }
}

/** Indices that grow by at least `stride`: 1 without replacement, 0 with. */
function* combinations(
  m: Machine,
  length: number,
  size: number,
  stride: number,
  taken: readonly number[] = [],
): Iterable<number[]> {
  m.step();
  if (taken.length === size) {
    yield [...taken];
    return;
  }
  for (let i = taken.length === 0 ? 0 : taken.at(-1)! + stride; i < length; i++) {
    yield* combinations(m, length, size, stride, [...taken, i]);
  }
}

function* tuples(pool: readonly Value[], indices: Iterable<readonly number[]>): Iterable<Value> {
  for (const chosen of indices) yield new Tuple(chosen.map(it => pool[it]!));
}
