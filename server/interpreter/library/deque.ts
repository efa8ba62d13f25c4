/** `collections.deque`: a list that also grows at its front, and may forget at the other end. */
import { integer } from '../builtins/arguments.js';
import { fail, payloadOf } from '../builtins/define.js';
import { collect } from '../builtins/list.js';
import type { Machine } from '../machine.js';
import { Instance, type List, type Value } from '../values.js';
import { type Entry, method } from './define.js';

export const dequeMethods: readonly Entry[] = [
  method('__init__', 'self, iterable=(), maxlen=None', (m, self, iterable, maxlen) => {
    (self as Instance).attributes.set('maxlen', maxlen!);
    grow(m, self!, collect(m, iterable!), 'back');
    return null;
  }),
  method('append', 'self, x, /', (m, self, item) => grow(m, self!, [item!], 'back')),
  method('appendleft', 'self, x, /', (m, self, item) => grow(m, self!, [item!], 'front')),
  method('extend', 'self, iterable, /', (m, self, items) => grow(m, self!, collect(m, items!), 'back')),
  method('extendleft', 'self, iterable, /', (m, self, items) => grow(m, self!, collect(m, items!), 'front')),
  method('pop', 'self, /', (m, self) => {
    m.touch(itemsOf(self!));
    const item = itemsOf(self!).items.pop();
    return item === undefined ? fail(m, 'IndexError', 'pop from an empty deque') : item;
  }),
  method('popleft', 'self, /', (m, self) => {
    m.touch(itemsOf(self!));
    const item = itemsOf(self!).items.shift();
    return item === undefined ? fail(m, 'IndexError', 'pop from an empty deque') : item;
  }),
  method('rotate', 'self, n=1, /', (m, self, by) => {
    const { items } = itemsOf(self!);
    const turns = items.length === 0 ? 0 : ((integer(m, by!) % items.length) + items.length) % items.length;
    m.touch(itemsOf(self!));
    itemsOf(self!).items = [...items.slice(items.length - turns), ...items.slice(0, items.length - turns)];
    return null;
  }),
  method('copy', 'self, /', (m, self) => m.call(m.classOf(self!), [itemsOf(self!), maxlenOf(self!)])),
  method('__repr__', 'self, /', (m, self) => {
    const limit = maxlenOf(self!);
    const shown = m.repr(itemsOf(self!));
    if (shown === undefined) return m.unknown('its text is not known');
    return limit === null ? `deque(${shown})` : `deque(${shown}, maxlen=${m.repr(limit)})`;
  }),
];

const itemsOf = (self: Value): List => payloadOf(self) as List;
const maxlenOf = (self: Value): Value => (self instanceof Instance ? (self.attributes.get('maxlen') ?? null) : null);

function grow(m: Machine, self: Value, added: readonly Value[], end: 'front' | 'back'): null {
  const list = itemsOf(self);
  m.touch(list);
  const limit = maxlenOf(self);
  for (const item of added) {
    if (end === 'back') list.items.push(item);
    else list.items.unshift(item);
    if (typeof limit !== 'number' || list.items.length <= limit) continue;
    if (end === 'back') list.items.shift();
    else list.items.pop();
  }
  return null;
}
