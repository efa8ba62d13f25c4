/** f-strings: literal parts and interpolations, formatted as CPython formats them. */
import type { Expression, Interpolation, JoinedString } from '../syntax/tree.js';
import { asciiRepr } from './builtins/quoting.js';
import type { Machine } from './machine.js';
import { formatValue } from './text.js';
import { patternOf, UnknownText } from './unknown-text.js';
import { Unknown, type Value } from './values.js';

type Evaluate = (node: Expression) => Value;

/** Unknown when any part of it is. */
export function joinedString(m: Machine, node: JoinedString, evaluate: Evaluate): Value {
  const parts = node.parts.map(part => (part.kind === 'String' ? part.value : interpolated(m, part, evaluate)));
  const unknown = parts.find(it => typeof it !== 'string');
  if (unknown === undefined) return parts.join('');
  return unknown instanceof Unknown ? new UnknownText(unknown, parts.map(patternOf).join('')) : unknown;
}

function interpolated(m: Machine, node: Interpolation, evaluate: Evaluate): Value {
  const value = evaluate(node.value);
  if (value instanceof Unknown) return new Unknown(value.reason, value.site);
  const spec = node.format === undefined ? '' : joinedString(m, node.format, evaluate);
  if (typeof spec !== 'string') return spec;
  const text = formatValue(m, converted(m, value, node.conversion), spec);
  return text ?? m.unknown('a part of the string is not known');
}

function converted(m: Machine, value: Value, conversion: Interpolation['conversion']): Value {
  if (conversion === undefined) return value;
  const text = conversion === 's' ? m.toText(value) : m.repr(value);
  if (text === undefined) return m.unknown('a part of the string is not known');
  return conversion === 'a' ? asciiRepr(text) : text;
}
