/** What reading an attribute comes to that an object does not have. */
import type { Node } from '../syntax/tree.js';
import type { Machine } from './machine.js';
import { ClassValue, Instance, ModuleValue, type Unknown, type Value } from './values.js';

export function missingAttribute(m: Machine, object: Value, name: string): Value {
  if (object === null) return faultOfNone(m, name, m.forked > 0);
  const cls = m.classOf(object).name;
  const message =
    object instanceof ModuleValue
      ? `module '${object.name}' has no attribute '${name}'`
      : object instanceof ClassValue
        ? `type object '${object.name}' has no attribute '${name}'`
        : `'${cls}' object has no attribute '${name}'`;
  return m.fault({
    code: 'exception',
    exception: 'AttributeError',
    message,
    details: { class: cls, attribute: name, maybe: m.forked > 0, ...(object instanceof Instance && placeOfRead(m)) },
    ...(object instanceof Instance && { module: object }),
  });
}

/** What is read from, as it is written, and whether the function around looks at the names of classes. */
function placeOfRead({ frame }: Machine): Readonly<Record<string, string | boolean>> {
  const node = frame?.node as Node | undefined;
  const around = frame?.func?.definition;
  if (frame === undefined || node?.kind !== 'Attribute' || around === undefined) return {};
  const { text } = frame.module;
  const byClassName = /__name__|_get_name\(/.test(text.slice(around.start, around.end));
  return { expression: text.slice(node.value.start, node.value.end), byClassName };
}

/** An attribute of None; where None was read as `m.bias`, the layer was made without one. */
export function faultOfNone(m: Machine, attribute: string, maybe: boolean): Unknown {
  const owner = m.noneReadFrom;
  return m.fault({
    code: owner?.name === 'bias' ? 'bias-none' : 'exception',
    exception: 'AttributeError',
    message: `'NoneType' object has no attribute '${attribute}'`,
    details: {
      attribute,
      maybe,
      compared: m.flags.comparingWithNone,
      ...(owner && { name: owner.name, expression: owner.expression }),
    },
    ...(owner && { site: owner.site }),
    ...(owner?.object instanceof Instance && { module: owner.object }),
  });
}
