/** `iter`, `next` and their kin as builtin functions. */
import type { Machine } from '../machine.js';
import { absent } from '../native.js';
import { Iterator, Unknown, type Value } from '../values.js';
import { lazily, lenient, type Table } from './define.js';
import { iteratorOf, nextOf, nextOrStop } from './iterators.js';

export const iteration: Table = [
  lenient('iter', 'object, sentinel=..., /', (m, object, sentinel) =>
    sentinel === absent ? iteratorOf(m, object!) : lazily('callable_iterator', untilSentinel(m, object!, sentinel!)),
  ),
  lenient('next', 'iterator, default=..., /', (m, iterator, fallback) => {
    if (fallback === absent) return nextOrStop(m, iterator!);
    const item =
      iterator instanceof Iterator ? nextOf(m, iterator) : m.attempt('StopIteration', () => nextOrStop(m, iterator!));
    return item === undefined ? fallback! : item;
  }),
  lenient('aiter', 'async_iterable, /', m => m.unknown('asynchronous iteration is not followed')),
  lenient('anext', '*args', m => m.unknown('asynchronous iteration is not followed')),
];

function* untilSentinel(m: Machine, callee: Value, sentinel: Value): Iterable<Value> {
  for (;;) {
    m.step();
    const item = m.call(callee);
    if (m.equal(item, sentinel) === true) return;
    yield item;
    if (item instanceof Unknown) return;
  }
}
