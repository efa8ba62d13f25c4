/** `enum`: members are made when the class is, one for each value. */
import { classMethod, getter } from '../builtins/construct.js';
import { fail, lazily } from '../builtins/define.js';
import type { Machine } from '../machine.js';
import { native, rawNative } from '../native.js';
import { type ClassValue, Descriptor, Dict, Instance, List, Unknown, type Value } from '../values.js';
import { classOf, type Entry, method } from './define.js';
import { functionalEnum } from './enum-function.js';
import { autoMethods, defineMembers, memberNamed, membersOf, memberWithValue } from './enum-members.js';
import { flagMethods } from './flag.js';

export function enumNames(m: Machine): Entry[] {
  const meta = classOf(m, 'enum', 'EnumType', metaMethods, [m.builtins.typeClass]);
  const make = (name: string, methods: readonly Entry[], bases: readonly ClassValue[]): ClassValue => {
    const cls = classOf(m, 'enum', name, methods, bases);
    cls.metaclass = meta;
    return cls;
  };
  const base = make('Enum', enumMethods, []);
  base.derived = defineMembers;
  const flag = make('Flag', flagMethods, [base]);
  const valueText = [
    method('__str__', 'self, /', (machine, self) => machine.toText(machine.getAttribute(self!, 'value')) ?? ''),
  ];
  return [
    ['Enum', base],
    ['ReprEnum', make('ReprEnum', [], [base])],
    ['IntEnum', make('IntEnum', valueText, [m.builtins.intClass, base])],
    ['StrEnum', make('StrEnum', [...valueText, lowerNames], [m.builtins.strClass, base])],
    ['Flag', flag],
    ['IntFlag', make('IntFlag', [...flagMethods, ...valueText], [m.builtins.intClass, flag])],
    ['EnumMeta', meta],
    ['EnumType', meta],
    ['auto', classOf(m, 'enum', 'auto', autoMethods)],
    ['property', m.builtins.propertyClass],
    ...['unique', 'verify', 'member', 'nonmember', 'global_enum'].map(name =>
      method(name, 'arg, /', (_, value) => value!),
    ),
    ...['CONTINUOUS', 'NAMED_FLAGS', 'UNIQUE', 'STRICT', 'CONFORM', 'EJECT', 'KEEP'].map((name): Entry => [name, name]),
  ];
}

/** What `auto()` gives in a `StrEnum`. */
const lowerNames: Entry = [
  '_generate_next_value_',
  new Descriptor(
    'staticmethod',
    native('_generate_next_value_', 'name, start, count, last_values', (_, name) => String(name).toLowerCase()),
  ),
];

const enumMethods: readonly Entry[] = [
  getter(method('name', 'self, /', (m, self) => m.getAttribute(self!, '_name_'))),
  getter(method('value', 'self, /', (m, self) => m.getAttribute(self!, '_value_'))),
  method('__repr__', 'self, /', (m, self) => {
    const value = m.repr(m.getAttribute(self!, '_value_'));
    return value === undefined ? m.unknown('its text is not known') : `<${qualified(m, self!)}: ${value}>`;
  }),
  method('__str__', 'self, /', (m, self) => qualified(m, self!)),
  method('__format__', 'self, spec, /', (m, self, spec) => {
    const text = m.toText(self!);
    return text === undefined
      ? m.unknown('its text is not known')
      : m.call(m.builtins.names.get('format')!, [text, spec!]);
  }),
  method('__hash__', 'self, /', (m, self) => m.call(m.builtins.names.get('id')!, [self!])),
  classMethod('_missing_', 'value, /', () => null),
];

const qualified = (m: Machine, self: Value): string => `${m.classOf(self).name}.${m.getAttribute(self, '_name_')}`;

const metaMethods: readonly Entry[] = [
  method('__repr__', 'cls, /', (_, cls) => `<enum '${(cls as ClassValue).name}'>`),
  [
    '__call__',
    rawNative('__call__', (m, { positional, keywords }) => {
      const [cls, value, ...rest] = positional;
      const type = cls as ClassValue;
      if (membersOf(type).length === 0 && value !== undefined)
        return functionalEnum(m, type, [value, ...rest], keywords);
      return value === undefined
        ? fail(m, 'TypeError', `${type.name}() missing 1 required positional argument: 'value'`)
        : lookUp(m, type, value);
    }),
  ],
  method('__iter__', 'cls, /', (_, cls) => lazily('generator', membersOf(cls as ClassValue))),
  method('__reversed__', 'cls, /', (_, cls) => lazily('generator', [...membersOf(cls as ClassValue)].reverse())),
  method('__len__', 'cls, /', (_, cls) => membersOf(cls as ClassValue).length),
  method('__bool__', 'cls, /', () => true),
  method('__getitem__', 'cls, name, /', (m, cls, name) => {
    if (typeof name !== 'string') return m.unknown('the name of a member is not known');
    const member = memberNamed(cls as ClassValue, name);
    return member === undefined ? fail(m, 'KeyError', name) : member;
  }),
  method('__contains__', 'cls, member, /', (m, cls, member) => {
    if (member instanceof Unknown) return m.unknown('the value is not known');
    const members = membersOf(cls as ClassValue);
    return members.includes(member as Instance) || memberWithValue(m, cls as ClassValue, member!) !== undefined;
  }),
  getter(method('__members__', 'cls, /', (_, cls) => (cls as ClassValue).attributes.get('_member_map_') ?? new Dict())),
  method(
    '__dir__',
    'cls, /',
    (_, cls) => new List(membersOf(cls as ClassValue).map(it => it.attributes.get('_name_')!)),
  ),
];

/** `Color(value)`: the member, or what `_missing_` makes of it. */
function lookUp(m: Machine, cls: ClassValue, value: Value): Value {
  if (value instanceof Instance && value.cls === cls) return value;
  if (value instanceof Unknown) return m.unknown(value.reason);
  const member = memberWithValue(m, cls, value);
  if (member !== undefined) return member;
  const other = m.callMethod(cls, '_missing_', [value]);
  if (other !== null) return other;
  return fail(m, 'ValueError', `${m.repr(value) ?? 'a value'} is not a valid ${cls.name}`);
}
