/** The fields of a dataclass: `Field` objects in Python, with what natives ask them for beside. */
import type { Machine } from '../machine.js';
import { ClassValue, Dict, Instance, type Value } from '../values.js';

export interface Field {
  readonly name: string;
  /** The `dataclasses.Field`. */
  readonly value: Instance;
  readonly init: boolean;
  readonly keywordOnly: boolean;
}

export function fieldOf(cls: ClassValue, attributes: Readonly<Record<string, Value>>): Instance {
  const field = new Instance(cls);
  for (const [name, value] of Object.entries(attributes)) field.attributes.set(name, value);
  return field;
}

/** Undefined for what is no dataclass and no instance of one; with `own`, of this class alone. */
export function fieldsOf(m: Machine, object: Value, own = false): Field[] | undefined {
  const cls = object instanceof ClassValue ? object : m.classOf(object);
  const holder = own ? cls : cls.mro.find(it => it.attributes.has('__dataclass_fields__'));
  const fields = holder?.attributes.get('__dataclass_fields__');
  if (!(fields instanceof Dict)) return undefined;
  return [...fields.entries.values()].map(([name, value]) => described(m, name as string, value as Instance));
}

/** False for init-only variables, which are arguments and no fields. */
export function isKnownField({ value }: Field): boolean {
  return value.attributes.get('_field_type') === 'field';
}

function described(m: Machine, name: string, value: Instance): Field {
  const init = m.truth(value.attributes.get('init') ?? true) !== false;
  return { name, value, init, keywordOnly: value.attributes.get('kw_only') === true };
}
