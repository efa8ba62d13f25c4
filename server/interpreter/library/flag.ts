/** `enum.Flag`: members that combine as sets of bits. */
import { allocate } from '../calls.js';
import type { Machine } from '../machine.js';
import { numberOf } from '../numbers.js';
import { type ClassValue, Instance, type Value } from '../values.js';
import { type Entry, method } from './define.js';
import { membersOf, memberWithValue } from './enum-members.js';

export const flagMethods: readonly Entry[] = [
  method('__or__', 'self, other, /', (m, self, other) => combined(m, self!, bits(self!) | bits(other!))),
  method('__and__', 'self, other, /', (m, self, other) => combined(m, self!, bits(self!) & bits(other!))),
  method('__xor__', 'self, other, /', (m, self, other) => combined(m, self!, bits(self!) ^ bits(other!))),
  method('__invert__', 'self, /', (m, self) => combined(m, self!, allBits(m.classOf(self!)) & ~bits(self!))),
  method('__contains__', 'self, other, /', (_, self, other) => (bits(self!) & bits(other!)) === bits(other!)),
  method('__bool__', 'self, /', (_, self) => bits(self!) !== 0),
];

function bits(value: Value): number {
  return numberOf(value instanceof Instance ? (value.attributes.get('_value_') ?? null) : value) ?? 0;
}

const allBits = (cls: ClassValue): number => membersOf(cls).reduce((all, it) => all | bits(it), 0);

/** The member with these bits, or a nameless one that is kept for the next time. */
function combined(m: Machine, self: Value, value: number): Value {
  const cls = m.classOf(self);
  const known = memberWithValue(m, cls, value);
  if (known !== undefined) return known;
  const member = allocate(cls);
  const names = membersOf(cls).filter(it => (bits(it) & value) !== 0 && Number.isInteger(Math.log2(bits(it))));
  member.attributes.set('_value_', value);
  member.attributes.set('_name_', names.length === 0 ? null : names.map(it => it.attributes.get('_name_')).join('|'));
  if (cls.mro.includes(m.builtins.intClass)) member.payload = value;
  return member;
}
