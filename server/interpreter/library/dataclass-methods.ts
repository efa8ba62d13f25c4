/** The methods that the `dataclass` decorator writes. */

import type { Machine } from '../machine.js';
import { absent } from '../native.js';
import { setOnInstance } from '../set-attribute.js';
import { type ClassValue, Instance, NativeFunction, type NativeParameter, Tuple, type Value } from '../values.js';
import type { DataclassContext } from './dataclasses.js';
import { type Entry, method, raise } from './define.js';
import { type Field, isKnownField } from './fields.js';

export interface DataclassOptions {
  readonly init: boolean;
  readonly repr: boolean;
  readonly eq: boolean;
  readonly order: boolean;
  readonly frozen: boolean;
  readonly keywordOnly: boolean;
}

export function dataclassMethods(
  cls: ClassValue,
  fields: readonly Field[],
  options: DataclassOptions,
  context: DataclassContext,
): Entry[] {
  const known = fields.filter(isKnownField);
  return [
    ...(options.init ? [initializer(fields, context)] : []),
    ...(options.repr ? [representation(known)] : []),
    ...(options.eq ? [equality(known)] : []),
    ...(options.eq && !options.frozen ? [['__hash__', null] as const] : []),
    ...(options.order ? orders(known) : []),
    ...(options.frozen ? [freezer(cls, context)] : []),
  ];
}

function initializer(fields: readonly Field[], context: DataclassContext): Entry {
  const given = fields.filter(it => it.init);
  const order = [...given.filter(it => !it.keywordOnly), ...given.filter(it => it.keywordOnly)];
  const parameters: NativeParameter[] = [
    { name: 'self', passing: 'positionalOnly' },
    ...order.map((it): NativeParameter => {
      const passing = it.keywordOnly ? 'keywordOnly' : 'any';
      return { name: it.name, passing, ...(hasDefault(it, context) && { default: absent }) };
    }),
  ];
  const signature = { text: order.map(it => it.name).join(', '), parameters };
  return [
    '__init__',
    new NativeFunction('__init__', signature, (m, _, [self, ...args]) => {
      const values = new Map(order.map((it, i) => [it.name, args[i]!] as const));
      initialize(m, self as Instance, fields, values, context);
      return null;
    }),
  ];
}

const hasDefault = ({ value }: Field, { missing }: DataclassContext): boolean =>
  value.attributes.get('default') !== missing || value.attributes.get('default_factory') !== missing;

function initialize(
  m: Machine,
  self: Instance,
  fields: readonly Field[],
  values: ReadonlyMap<string, Value>,
  context: DataclassContext,
): void {
  const initOnly: Value[] = [];
  for (const field of fields) {
    const given = values.get(field.name);
    const value = given === undefined || given === absent ? defaultOf(m, field, context) : given;
    if (value === undefined) continue;
    if (isKnownField(field)) setOnInstance(m, self, field.name, value);
    else initOnly.push(value);
  }
  const after = m.findMethod(self, '__post_init__');
  if (after !== undefined) m.call(after, [self, ...initOnly]);
}

function defaultOf(m: Machine, { value }: Field, { missing }: DataclassContext): Value | undefined {
  const factory = value.attributes.get('default_factory')!;
  if (factory !== missing) return m.call(factory);
  const plain = value.attributes.get('default');
  return plain === missing ? undefined : plain;
}

export function representation(fields: readonly Field[]): Entry {
  return method('__repr__', 'self, /', (m, self) => {
    const shown = fields.filter(it => m.truth(it.value.attributes.get('repr')!) !== false);
    const parts: string[] = [];
    for (const { name } of shown) {
      const text = m.repr(m.getAttribute(self!, name));
      if (text === undefined) return m.unknown('its text is not known');
      parts.push(`${name}=${text}`);
    }
    return `${m.classOf(self!).name}(${parts.join(', ')})`;
  });
}

const compared = (m: Machine, self: Value, fields: readonly Field[]): Tuple =>
  new Tuple(fields.filter(it => it.value.attributes.get('compare') !== false).map(it => m.getAttribute(self, it.name)));

export function equality(fields: readonly Field[]): Entry {
  return method('__eq__', 'self, other, /', (m, self, other) => {
    if (m.classOf(self!) !== m.classOf(other!)) return m.builtins.notImplemented;
    const answer = m.equal(compared(m, self!, fields), compared(m, other!, fields));
    return answer ?? m.unknown('the fields are not all known');
  });
}

function orders(fields: readonly Field[]): Entry[] {
  const operators = { __lt__: '<', __le__: '<=', __gt__: '>', __ge__: '>=' } as const;
  return Object.entries(operators).map(([name, operator]) =>
    method(name, 'self, other, /', (m, self, other) => {
      if (m.classOf(self!) !== m.classOf(other!)) return m.builtins.notImplemented;
      const answer = m.compare(operator, compared(m, self!, fields), compared(m, other!, fields));
      return answer ?? m.unknown('the fields are not all known');
    }),
  );
}

/** Assignments raise; `object.__setattr__` goes past it. */
function freezer(cls: ClassValue, { frozenError }: DataclassContext): Entry {
  return method('__setattr__', 'self, name, value, /', (m, self, name, value) => {
    if (self instanceof Instance && !self.cls.mro.includes(cls)) {
      setOnInstance(m, self, name as string, value!);
      return null;
    }
    return raise(m, frozenError, `cannot assign to field '${name}'`);
  });
}
