/** Values as text: `str`, `repr` and `format`; undefined where the text is not known. */
import { floatRepr } from './builtins/floats.js';
import { formatFloat, formatInteger, formatString } from './builtins/format.js';
import { bytesRepr, stringRepr } from './builtins/quoting.js';
import { parseSpec } from './builtins/spec.js';
import { isUncounted } from './iteration.js';
import type { Machine } from './machine.js';
import {
  Bytes,
  ClassValue,
  Dict,
  Float,
  Instance,
  List,
  ModuleValue,
  NativeFunction,
  Range,
  SetValue,
  Singleton,
  Slice,
  Symbolic,
  Tuple,
  Union,
  Unknown,
  type Value,
} from './values.js';

export { formatPercent } from './builtins/percent.js';

/** `str(value)`. */
export function toText(m: Machine, value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Instance) return textBy(m, value, '__str__');
  return repr(m, value);
}

/** `repr(value)`. */
export function repr(m: Machine, value: Value): string | undefined {
  if (typeof value === 'string') return stringRepr(value);
  if (value instanceof Instance) return textBy(m, value, '__repr__');
  if (value instanceof Tuple) return tupleRepr(m, value);
  if (isUncounted(value)) return undefined;
  if (value instanceof List) return guarded(value, '[...]', () => enclosed('[', reprs(m, value.items), ']'));
  if (value instanceof Dict) return guarded(value, '{...}', () => dictRepr(m, value));
  if (value instanceof SetValue) return setRepr(m, value);
  if (value instanceof Slice) return enclosed('slice(', reprs(m, [value.start, value.stop, value.step]), ')');
  return plainRepr(m, value);
}

/** `format(value, spec)`. */
export function formatValue(m: Machine, value: Value, spec: string): string | undefined {
  if (value instanceof Instance) return textBy(m, value, '__format__', [spec]);
  if (value instanceof Unknown || value instanceof Symbolic || value instanceof Union) return undefined;
  if (spec === '') return toText(m, value);
  const parsed = parseSpec(spec);
  if (parsed === undefined) return m.raise('ValueError', `Invalid format specifier '${spec}'`);
  if (typeof value === 'string') return formatString(m, value, parsed);
  if (value instanceof Float) return formatFloat(m, value.value, parsed);
  if (typeof value === 'boolean') return formatInteger(m, value ? 1n : 0n, parsed);
  if (typeof value === 'number' || typeof value === 'bigint') return formatInteger(m, BigInt(value), parsed);
  return m.raise('TypeError', `unsupported format string passed to ${m.classOf(value).name}.__format__`);
}

function textBy(m: Machine, value: Instance, name: string, args: readonly Value[] = []): string | undefined {
  const method = m.findMethod(value, name);
  if (method === undefined) return undefined;
  const text = m.call(method, [value, ...args]);
  if (text instanceof Instance && typeof text.payload === 'string') return text.payload;
  return typeof text === 'string' ? text : undefined;
}

function plainRepr(m: Machine, value: Value): string | undefined {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Float) return floatRepr(value.value);
  if (value instanceof Bytes) return bytesRepr(value.value);
  if (value instanceof Singleton) return value.name;
  if (value instanceof Range) return rangeRepr(value);
  if (value instanceof ClassValue) return classRepr(m, value);
  if (value instanceof NativeFunction) return `<built-in function ${value.name}>`;
  if (value instanceof ModuleValue) return `<module '${value.name}'>`;
  return undefined;
}

function classRepr(m: Machine, cls: ClassValue): string | undefined {
  const method = cls.metaclass && m.findMethod(cls, '__repr__');
  const isOwn = method !== undefined && method !== m.builtins.objectClass.attributes.get('__repr__');
  if (isOwn) return m.toText(m.call(method, [cls]));
  const prefix = cls.moduleName === 'builtins' ? '' : `${cls.moduleName}.`;
  return `<class '${prefix}${cls.name}'>`;
}

function rangeRepr({ start, stop, step }: Range): string {
  return step === 1 ? `range(${start}, ${stop})` : `range(${start}, ${stop}, ${step})`;
}

function tupleRepr(m: Machine, tuple: Tuple): string | undefined {
  const items = reprs(m, tuple.items);
  return tuple.items.length === 1 ? enclosed('(', items, ',)') : enclosed('(', items, ')');
}

function setRepr(m: Machine, set: SetValue): string | undefined {
  if (set.items.size === 0) return set.frozen ? 'frozenset()' : 'set()';
  const items = enclosed('{', reprs(m, [...set.items.values()]), '}');
  return set.frozen && items !== undefined ? `frozenset(${items})` : items;
}

function dictRepr(m: Machine, dict: Dict): string | undefined {
  const parts: string[] = [];
  for (const pair of dict.entries.values()) {
    const texts = reprs(m, pair);
    if (texts === undefined) return undefined;
    parts.push(texts.join(': '));
  }
  return enclosed('{', parts, '}');
}

function reprs(m: Machine, values: readonly Value[]): string[] | undefined {
  const parts: string[] = [];
  for (const value of values) {
    m.step();
    const text = repr(m, value);
    if (text === undefined) return undefined;
    parts.push(text);
  }
  return parts;
}

const enclosed = (open: string, parts: readonly string[] | undefined, close: string): string | undefined =>
  parts && open + parts.join(', ') + close;

const open = new Set<Value>();

/** A container that holds itself is printed once. */
function guarded(value: Value, again: string, text: () => string | undefined): string | undefined {
  if (open.has(value)) return again;
  open.add(value);
  try {
    return text();
  } finally {
    open.delete(value);
  }
}
