/** Iterators and generators as objects, and the classes that are their own iterators: map, zip and their like. */
import { isOpenEnded } from '../iteration.js';
import type { Machine } from '../machine.js';
import { native } from '../native.js';
import { Raised } from '../raised.js';
import { ClassValue, Instance, Iterator, Range, Tuple, Unknown, type Value } from '../values.js';
import { integer } from './arguments.js';
import { type Entry, fail, lazily, lenient, pull, type Table, unknownFrom, withReceiver } from './define.js';
import { reversed } from './tuple.js';

export const iteratorMethods: Table = [
  method('__iter__', '', (_, self) => self),
  method('__next__', '', (m, self) => nextOrStop(m, self)),
  method('__length_hint__', '', m => m.unknown('how many items are left is not known')),
];

export const generatorMethods: Table = [
  ...iteratorMethods,
  method('send', 'value, /', (m, self, value) => itemOf(m, (self as Iterator).source.next(value!))),
  method('throw', 'type, value=None, traceback=None, /', (m, self, type, value) =>
    itemOf(m, throwInto(m, self as Iterator, value === null ? type! : value!)),
  ),
  method('close', '', (_, self) => {
    (self as Iterator).source.return?.(null);
    return null;
  }),
];

/** Raises the exception where the generator waits; where it is a class, what calling that makes. */
export function throwInto(m: Machine, generator: Iterator, given: Value): IteratorResult<Value, Value | undefined> {
  const exception = given instanceof ClassValue ? m.call(given) : given;
  if (!(exception instanceof Instance)) return { done: false, value: m.unknown('what is thrown is not known') };
  const error = new Raised(exception, m.frame, m.site());
  if (generator.source.throw === undefined) throw error;
  return generator.source.throw(error);
}

/** `__new__` of the lazy classes. */
export const lazyClasses: Readonly<Record<string, Entry>> = {
  map: lenientNew('function, *iterables', (m, callee, iterables) =>
    lazily('map', mapped(m, callee!, sourcesOf(m, iterables!)), areOpenEnded(iterables!)),
  ),
  filter: lenientNew('function, iterable, /', (m, test, iterable) =>
    lazily('filter', filtered(m, test!, pull(m, iterable!)), isOpenEnded(iterable!)),
  ),
  zip: lenientNew('*iterables, strict=False', (m, iterables, strict) =>
    lazily('zip', zipped(m, sourcesOf(m, iterables!), m.truth(strict!) === true), areOpenEnded(iterables!)),
  ),
  enumerate: lenientNew('iterable, start=0', (m, iterable, start) =>
    lazily('enumerate', enumerated(m, iterable!, pull(m, iterable!), start!), isOpenEnded(iterable!)),
  ),
  reversed: lenientNew('sequence, /', (m, sequence) => reversedOf(m, sequence!)),
};

/** What is walked together ends with the shortest. */
const areOpenEnded = (iterables: Value): boolean => (iterables as Tuple).items.every(isOpenEnded);

/** The next item; undefined at the end. */
export function nextOf(m: Machine, iterator: Value): Value | undefined {
  if (iterator instanceof Iterator) {
    const step = iterator.source.next(null);
    return step.done ? undefined : step.value;
  }
  if (iterator instanceof Unknown) return unknownFrom(m, 'next', [iterator]);
  const method = m.findMethod(iterator, '__next__');
  if (method === undefined) return fail(m, 'TypeError', `'${m.classOf(iterator).name}' object is not an iterator`);
  return m.call(method, [iterator]);
}

/** The next item; raises StopIteration at the end. */
export function nextOrStop(m: Machine, iterator: Value): Value {
  if (iterator instanceof Iterator) return itemOf(m, iterator.source.next(null));
  return nextOf(m, iterator) ?? stop(m, undefined);
}

const itemOf = (m: Machine, step: IteratorResult<Value, Value | undefined>): Value =>
  step.done ? stop(m, step.value) : step.value;

/** The end of a generator carries what its body returned. */
function stop(m: Machine, result: Value | undefined): never {
  const exception = new Instance(m.builtins.exception('StopIteration'));
  exception.attributes.set('args', new Tuple((result ?? null) === null ? [] : [result!]));
  throw new Raised(exception, undefined, m.site());
}

/** `iter(value)`. */
export function iteratorOf(m: Machine, value: Value): Value {
  if (value instanceof Iterator || value instanceof Unknown) return value;
  const method = m.findMethod(value, '__iter__');
  if (method !== undefined && method !== null) return m.call(method, [value]);
  if (value instanceof Instance || typeof value === 'string') return lazily('iterator', m.iterate(value));
  return fail(m, 'TypeError', `'${m.classOf(value).name}' object is not iterable`);
}

export type Source = globalThis.Iterator<Value>;

/** The iterators of all arguments; what cannot be iterated fails here, not at the first item. */
export function sourcesOf(m: Machine, iterables: Value): Source[] {
  return (iterables as Tuple).items.map(it => pull(m, it));
}

/** Pulls one item of each until one ends. */
export function* together(m: Machine, sources: readonly Source[], strict = false): Generator<Value[]> {
  while (sources.length > 0) {
    m.step();
    const items: Value[] = [];
    for (const source of sources) {
      const { done, value } = source.next();
      if (done) break;
      items.push(value);
    }
    if (items.length < sources.length) {
      if (strict && isUneven(sources, items.length)) m.raise('ValueError', 'zip() arguments have different lengths');
      return;
    }
    yield items;
  }
}

/** The first source that ended is at `index`; the ones before it gave an item more. */
const isUneven = (sources: readonly Source[], index: number): boolean =>
  index > 0 || sources.slice(1).some(it => !it.next().done);

function method(name: string, parameters: string, run: (m: Machine, self: Value, ...rest: Value[]) => Value): Entry {
  return [name, native(name, withReceiver('self', parameters), (m, self, ...rest) => run(m, self!, ...rest))];
}

function lenientNew(parameters: string, run: (m: Machine, ...args: Value[]) => Value): Entry {
  return lenient('__new__', withReceiver('cls', parameters), (m, _, ...args) => run(m, ...args));
}

function* mapped(m: Machine, callee: Value, sources: readonly Source[]): Iterable<Value> {
  for (const items of together(m, sources)) yield m.call(callee, items);
}

function* filtered(m: Machine, test: Value, source: Source): Iterable<Value> {
  for (const [item] of together(m, [source]) as Iterable<[Value]>) {
    const answer = m.truth(test === null ? item : m.call(test, [item]));
    if (answer === undefined) m.inexact('which items a filter keeps is not known');
    if (answer === undefined) m.ends.note(m.unknown('which items a filter keeps is not known'));
    if (answer !== false) yield item;
  }
}

function* zipped(m: Machine, sources: readonly Source[], strict: boolean): Iterable<Value> {
  for (const items of together(m, sources, strict)) yield new Tuple(items);
}

function* enumerated(m: Machine, iterable: Value, source: Source, start: Value): Iterable<Value> {
  let index = start;
  for (const [item] of together(m, [source]) as Iterable<[Value]>) {
    yield new Tuple([iterable instanceof Unknown ? m.unknown('the index is not known') : index, item]);
    index = m.binary('+', index, 1);
  }
}

function reversedOf(m: Machine, sequence: Value): Value {
  if (sequence instanceof Range) return lazily('range_iterator', m.iterate(reversed(sequence)));
  if (sequence instanceof Unknown) return unknownFrom(m, 'reversed', [sequence]);
  const method = m.findMethod(sequence, '__reversed__');
  if (method !== undefined) return m.call(method, [sequence]);
  if (m.findMethod(sequence, '__getitem__') === undefined) {
    return fail(m, 'TypeError', `'${m.classOf(sequence).name}' object is not reversible`);
  }
  return lazily('reversed', fromEnd(m, sequence));
}

function* fromEnd(m: Machine, sequence: Value): Iterable<Value> {
  const length = m.call(m.builtins.names.get('len')!, [sequence]);
  if (length instanceof Unknown) {
    yield* m.iterate(sequence);
    return;
  }
  for (let i = integer(m, length) - 1; i >= 0; i--) yield m.getItem(sequence, i);
}
