/** Named tuples: instances that hold a tuple, in classes made as needed. */
import { classMethod, getter } from '../builtins/construct.js';
import { collect } from '../builtins/list.js';
import { allocate } from '../calls.js';
import type { Machine } from '../machine.js';
import { type ClassValue, Dict, Instance, NativeFunction, type NativeParameter, Tuple, type Value } from '../values.js';
import { classOf, type Entry, method } from './define.js';

/** `collections.namedtuple(typename, field_names, …)`. */
export const namedtupleFunction = method(
  'namedtuple',
  'typename, field_names, *, rename=False, defaults=None, module=None',
  (m, name, fields, _, defaults) => {
    const names = namesOf(m, fields!);
    const values = defaults === null ? [] : collect(m, defaults!);
    const offset = names.length - values.length;
    return makeNamedTuple(
      m,
      name as string,
      names,
      new Map(values.map((it, i) => [names[offset + i]!, it])),
      '__main__',
    );
  },
);

export function makeNamedTuple(
  m: Machine,
  name: string,
  names: readonly string[],
  defaults: ReadonlyMap<string, Value>,
  moduleName: string,
): ClassValue {
  const cls = classOf(m, moduleName, name, methodsOf(names, defaults), [m.builtins.tupleClass]);
  return cls;
}

function methodsOf(names: readonly string[], defaults: ReadonlyMap<string, Value>): Entry[] {
  return [
    ['__new__', creator(names, defaults)],
    ['_fields', new Tuple(names)],
    ['_field_defaults', Dict.of(defaults)],
    ['__match_args__', new Tuple(names)],
    ...names.map((field, i) => getter(method(field, 'self, /', (_, self) => itemsOf(self!)[i]!))),
    method('__repr__', 'self, /', (m, self) => {
      const parts = itemsOf(self!).map((it, i) => `${names[i]}=${m.repr(it) ?? '?'}`);
      return `${m.classOf(self!).name}(${parts.join(', ')})`;
    }),
    method('_asdict', 'self, /', (_, self) => Dict.of(itemsOf(self!).map((it, i) => [names[i]!, it] as const))),
    method('_replace', 'self, /, **kwds', (m, self, changes) => {
      const given = (changes as Dict).entries;
      const items = itemsOf(self!).map((it, i) => (given.has(names[i]!) ? given.get(names[i]!)![1] : it));
      return filled(m.classOf(self!), items);
    }),
    classMethod('_make', 'iterable, /', (m, cls, iterable) => m.call(cls, collect(m, iterable!))),
  ];
}

function creator(names: readonly string[], defaults: ReadonlyMap<string, Value>): Value {
  const parameters: NativeParameter[] = [
    { name: 'cls', passing: 'positionalOnly' },
    ...names.map((name): NativeParameter => {
      return { name, passing: 'any', ...(defaults.has(name) && { default: defaults.get(name)! }) };
    }),
  ];
  const signature = { text: names.join(', '), parameters };
  return new NativeFunction('__new__', signature, (_, __, [cls, ...items]) => filled(cls as ClassValue, items), false);
}

function filled(cls: ClassValue, items: readonly Value[]): Instance {
  const instance = allocate(cls);
  instance.payload = new Tuple(items);
  return instance;
}

function itemsOf(self: Value): readonly Value[] {
  const payload = self instanceof Instance ? self.payload : self;
  return payload instanceof Tuple ? payload.items : [];
}

function namesOf(m: Machine, fields: Value): string[] {
  if (typeof fields !== 'string') return collect(m, fields) as string[];
  return fields.split(/[\s,]+/).filter(it => it !== '');
}
