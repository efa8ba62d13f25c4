/** `ModelOutput`, which every forward of Hugging Face's networks answers: fields that are not None, by name and by place. */
import { unknownFrom } from '../../interpreter/builtins/define.js';
import type { Machine } from '../../interpreter/machine.js';
import { setOnInstance } from '../../interpreter/set-attribute.js';
import { Dict, Instance, Tuple, Union, Unknown, type Value } from '../../interpreter/values.js';

/** What one of its methods answers; undefined where the code in Python has to tell. */
export function ofModelOutput(m: Machine, method: string, [self, key, value]: readonly Value[]): Value | undefined {
  if (method === '__init_subclass__') return null;
  if (!(self instanceof Instance && self.payload instanceof Dict)) return undefined;
  switch (method) {
    case '__post_init__':
      for (const name of fieldsOf(m, self)) keep(m, self, name, self.attributes.get(name as string) ?? null);
      return null;
    case '__setattr__':
      setOnInstance(m, self, key as string, value!);
      if (fieldsOf(m, self).includes(key!)) keep(m, self, key!, value!);
      return null;
    case '__getitem__':
      return itemOf(m, self.payload, key!);
    case 'to_tuple':
      return new Tuple(valuesOf(self.payload));
    default:
      return undefined;
  }
}

function fieldsOf(m: Machine, self: Instance): readonly Value[] {
  const fields = m.findMethod(self, '__dataclass_fields__');
  return fields instanceof Dict ? [...fields.entries.values()].map(([name]) => name) : [];
}

function keep(m: Machine, { payload }: Instance, name: Value, value: Value): void {
  if (value !== null) m.setItem(payload!, name, value);
}

const valuesOf = (fields: Dict): readonly Value[] => [...fields.entries.values()].map(([, it]) => it);

/** What comes behind a field that may be None has no known place. */
function itemOf(m: Machine, fields: Dict, key: Value): Value {
  if (typeof key === 'string') return m.getItem(fields, key);
  const values = valuesOf(fields);
  const doubtful = values.findIndex(it => it instanceof Unknown || it instanceof Union);
  const isPlaced = doubtful < 0 || (typeof key === 'number' && key >= 0 && key <= doubtful);
  return isPlaced ? m.getItem(new Tuple(values), key) : unknownFrom(m, 'output', values);
}
