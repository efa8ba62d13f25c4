/** `property`, `staticmethod`, `classmethod`. */
import { bind } from '../attributes.js';
import { native } from '../native.js';
import { ClassValue, Descriptor, type Value } from '../values.js';
import { getter, maker } from './construct.js';
import { type Entry, fail, receiver, type Table } from './define.js';

const descriptor = receiver('property', value => (value instanceof Descriptor ? value : undefined));

export const propertyMethods: Table = [
  maker('fget=None, fset=None, fdel=None, doc=None', (m, _, get, set, remove) => {
    const unreadable = native('fget', 'self', () => fail(m, 'AttributeError', 'unreadable attribute'));
    return made('property', get ?? unreadable, set ?? undefined, remove ?? undefined);
  }),
  descriptor.lenient('getter', 'fget, /', (_, self, get) => made(self.kind, get!, self.set, self.remove)),
  descriptor.lenient('setter', 'fset, /', (_, self, set) => made(self.kind, self.get, set!, self.remove)),
  descriptor.lenient('deleter', 'fdel, /', (_, self, remove) => made(self.kind, self.get, self.set, remove!)),
  getter(descriptor.lenient('fget', '', (_, self) => self.get)),
  getter(descriptor.lenient('fset', '', (_, self) => self.set ?? null)),
  getter(descriptor.lenient('fdel', '', (_, self) => self.remove ?? null)),
  descriptor.lenient('__get__', 'instance, owner=None, /', (m, self, instance) =>
    instance === null ? self : m.call(self.get, [instance!]),
  ),
  descriptor.lenient('__set__', 'instance, value, /', (m, self, instance, value) => {
    return self.set === undefined
      ? fail(m, 'AttributeError', "can't set attribute")
      : m.call(self.set, [instance!, value!]);
  }),
];

export const staticmethodMethods: Table = [
  ...wrapper('staticmethod'),
  descriptor.lenient('__get__', 'instance, owner=None, /', (_, self) => self.get),
];
export const classmethodMethods: Table = [
  ...wrapper('classmethod'),
  descriptor.lenient('__get__', 'instance, owner=None, /', (m, self, instance, owner) =>
    bind(m, self.get, owner ?? m.classOf(instance!), m.builtins.typeClass),
  ),
];

export const functionMethods: Table = [
  [
    '__get__',
    native('__get__', 'self, instance, owner=None, /', (m, self, instance, owner) => {
      const cls = owner instanceof ClassValue ? owner : m.classOf(instance!);
      return instance === null ? self! : bind(m, self!, instance!, cls);
    }),
  ],
];

function wrapper(kind: 'staticmethod' | 'classmethod'): Entry[] {
  return [
    maker('function, /', (_, __, callee) => new Descriptor(kind, callee!)),
    getter(descriptor.lenient('__func__', '', (_, self) => self.get)),
    getter(descriptor.lenient('__wrapped__', '', (_, self) => self.get)),
  ];
}

function made(kind: Descriptor['kind'], get: Value, set: Value | undefined, remove: Value | undefined): Descriptor {
  return new Descriptor(kind, get, set, remove);
}
