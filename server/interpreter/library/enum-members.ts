/** The members of an enumeration, made from the names that its class body sets. */
import { allocate } from '../calls.js';
import type { Machine } from '../machine.js';
import { ClassValue, Descriptor, Dict, Func, Instance, List, NativeFunction, Tuple, type Value } from '../values.js';
import { type Entry, method } from './define.js';

/** Called when a class derives from an enumeration. */
export function defineMembers(m: Machine, cls: ClassValue): Value {
  m.touch(cls);
  const names = memberNames(cls);
  const given = names.map(name => [name, cls.attributes.get(name)!] as const);
  const map = new Dict();
  cls.attributes.set('_member_map_', map);
  cls.attributes.set('_member_names_', new List([]));
  keepEnumText(m, cls);
  const values: Value[] = [];
  const automatic = new Map<Instance, Value>();
  for (const [name, value] of given) {
    if (isAuto(value)) automatic.set(value, settled(m, value, automatic) ?? nextValue(m, cls, name, values));
    const member = memberOf(m, cls, name, isAuto(value) ? automatic.get(value)! : value, values);
    cls.attributes.set(name, member);
    map.entries.set(name, [name, member]);
  }
  return cls;
}

export function membersOf(cls: ClassValue): readonly Instance[] {
  const names = cls.attributes.get('_member_names_');
  return names instanceof List ? names.items.map(it => memberNamed(cls, it as string)!) : [];
}

export function memberNamed(cls: ClassValue, name: string): Instance | undefined {
  const map = cls.attributes.get('_member_map_');
  return map instanceof Dict ? (map.entries.get(name)?.[1] as Instance | undefined) : undefined;
}

export function memberWithValue(m: Machine, cls: ClassValue, value: Value): Instance | undefined {
  return membersOf(cls).find(it => m.equal(it.attributes.get('_value_')!, value) === true);
}

/** Functions, descriptors, classes and names with underscores around them are no members. */
function memberNames(cls: ClassValue): string[] {
  const ignored = cls.attributes.get('_ignore_');
  const skipped = new Set(typeof ignored === 'string' ? ignored.split(/[\s,]+/) : []);
  return [...cls.attributes]
    .filter(([name, value]) => !skipped.has(name) && !/^_.*_$|^__/.test(name) && isMemberValue(value))
    .map(it => it[0]);
}

function isMemberValue(value: Value): boolean {
  if (value instanceof Func || value instanceof NativeFunction || value instanceof Descriptor) return false;
  if (value instanceof ClassValue) return false;
  return !(value instanceof Instance && value.cls.mro.some(it => it.attributes.has('__get__')));
}

/** `auto()`, and what `auto() | auto()` gives inside the class body. */
export const autoMethods: readonly Entry[] = [
  method('__init__', 'self, value=None', () => null),
  ...Object.entries({ __or__: '|', __and__: '&', __xor__: '^' } as const).map(([name, operator]) =>
    method(name, 'self, other, /', (_, self, other) => {
      const combination = new Instance((self as Instance).cls);
      combination.attributes.set('operator', operator).set('left', self!).set('right', other!);
      return combination;
    }),
  ),
];

/** The value of a combination of members above it. */
function settled(m: Machine, value: Instance, automatic: ReadonlyMap<Instance, Value>): Value | undefined {
  const operator = value.attributes.get('operator');
  if (operator === undefined) return undefined;
  const [left, right] = ['left', 'right'].map(side => {
    const operand = value.attributes.get(side)!;
    return isAuto(operand) ? (automatic.get(operand) ?? settled(m, operand, automatic) ?? 0) : operand;
  });
  return m.binary(operator as '|', left!, right!);
}

const isAuto = (value: Value): value is Instance =>
  value instanceof Instance && value.cls.name === 'auto' && value.cls.moduleName === 'enum';

/** A value that is there already makes another name of the same member. */
function memberOf(m: Machine, cls: ClassValue, name: string, value: Value, values: Value[]): Instance {
  const member = made(m, cls, value);
  member.attributes.set('_name_', name);
  if (!member.attributes.has('_value_')) member.attributes.set('_value_', plainValue(member, value));
  const initialize = cls.mro.find(it => it.attributes.has('__init__') && it.definition)?.attributes.get('__init__');
  if (initialize !== undefined) m.call(initialize, [member, ...argumentsOf(value)]);
  const known = memberWithValue(m, cls, member.attributes.get('_value_')!);
  if (known !== undefined) return known;
  member.attributes.set('_sort_order_', values.length);
  values.push(member.attributes.get('_value_')!);
  (cls.attributes.get('_member_names_') as List).items.push(name);
  return member;
}

/** The bare member: by a `__new__` written in Python, or by the builtin type that is mixed in. */
function made(m: Machine, cls: ClassValue, value: Value): Instance {
  const create = cls.mro.find(it => it.attributes.has('__new__') && it.definition)?.attributes.get('__new__');
  if (create !== undefined) {
    const callee = create instanceof Descriptor ? create.get : create;
    const member = m.call(callee, [cls, ...argumentsOf(value)]);
    if (member instanceof Instance) return member;
  }
  const member = allocate(cls);
  const type = cls.mro.find(it => it.moduleName === 'builtins' && it !== m.builtins.objectClass);
  if (type !== undefined) member.payload = m.call(type, argumentsOf(value));
  return member;
}

const argumentsOf = (value: Value): readonly Value[] => (value instanceof Tuple ? value.items : [value]);

/** `(str, Enum)` members made of one argument have it as their value. */
function plainValue(member: Instance, value: Value): Value {
  const isConverted = member.payload !== undefined && !(member.payload instanceof Tuple) && value instanceof Tuple;
  return isConverted ? member.payload! : value;
}

function nextValue(m: Machine, cls: ClassValue, name: string, values: readonly Value[]): Value {
  const generate = m.findAttribute(cls, '_generate_next_value_');
  if (generate !== undefined) return m.call(generate, [name, 1, values.length, new List([...values])]);
  const isFlag = cls.mro.some(it => it.name === 'Flag' && it.moduleName === 'enum');
  const numbers = values.filter((it): it is number => typeof it === 'number');
  if (isFlag) return numbers.length === 0 ? 1 : 2 ** (Math.floor(Math.log2(Math.max(...numbers))) + 1);
  return (numbers.at(-1) ?? 0) + 1;
}

/** `(str, Enum)` prints as an enumeration, not as text: the class takes over what a mixed-in type would hide. */
function keepEnumText(m: Machine, cls: ClassValue): void {
  const type = cls.mro.find(it => it.moduleName === 'builtins' && it !== m.builtins.objectClass);
  const isNamed = cls.mro.some(it => ['IntEnum', 'StrEnum', 'IntFlag'].includes(it.name) && it.moduleName === 'enum');
  const base = cls.mro.find(it => it.name === 'Enum' && it.moduleName === 'enum');
  if (type === undefined || base === undefined) return;
  for (const name of isNamed ? ['__repr__'] : ['__repr__', '__str__', '__format__']) {
    const found = cls.mro.find(it => it.attributes.has(name));
    if (found === type) cls.attributes.set(name, base.attributes.get(name)!);
  }
}
