/** `json`: text to values and back; files are not read. */
import { isVague, unknownFrom } from '../builtins/define.js';
import { floatRepr } from '../builtins/floats.js';
import { isUncounted } from '../iteration.js';
import type { Machine } from '../machine.js';
import { intOf } from '../numbers.js';
import { Dict, Float, List, Tuple, type Value } from '../values.js';
import { classOf, type Entry, method, raise, silentFunctions, unknownNames } from './define.js';

export function jsonNames(m: Machine): Entry[] {
  const error = classOf(m, 'json', 'JSONDecodeError', [], [m.builtins.exception('ValueError')]);
  return [
    method('loads', 's, **kw', (machine, text) => {
      if (typeof text !== 'string') return unknownFrom(machine, 'json.loads', [text!]);
      const value = parse(text);
      return value === undefined ? raise(machine, error, 'Expecting value') : value;
    }),
    method('dumps', 'obj, **kw', (machine, value, options) => {
      const isPlain = (options as Dict).entries.size === 0;
      const text = isPlain ? written(value!) : undefined;
      return text ?? machine.unknown('the text is not known');
    }),
    ['JSONDecodeError', error],
    ...silentFunctions('dump'),
    method('load', 'fp, **kw', machine => machine.unknown(`it comes from \`json.load\`${lineOf(machine)}`)),
    ...unknownNames('files are not read', 'JSONEncoder JSONDecoder'),
  ];
}

/** Where the call stands. */
function lineOf({ frame }: Machine): string {
  const at = frame?.node?.start;
  return at === undefined ? '' : ` at line ${frame!.module.text.slice(0, at).split('\n').length}`;
}

/** Numbers keep whether they were written with a point. */
function parse(text: string): Value | undefined {
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, it =>
    it.startsWith('"') ? it : JSON.stringify({ '\0': it }),
  );
  try {
    return toValue(JSON.parse(marked));
  } catch {
    return undefined;
  }
}

function toValue(parsed: unknown): Value {
  if (Array.isArray(parsed)) return new List(parsed.map(toValue));
  if (typeof parsed !== 'object' || parsed === null) return parsed as Value;
  const number = (parsed as Record<string, string>)['\0'];
  if (number !== undefined) return /[.eE]/.test(number) ? new Float(Number(number)) : intOf(BigInt(number));
  return Dict.of(Object.entries(parsed).map(([key, value]) => [key, toValue(value)] as const));
}

/** As `json.dumps` writes it without options; undefined for what it cannot write, or what is not known. */
function written(value: Value): string | undefined {
  if (isVague(value) || isUncounted(value)) return undefined;
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return asciiJson(value);
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Float) return floatRepr(value.value);
  if (value instanceof List || value instanceof Tuple) return joined('[', value.items.map(written), ']');
  if (!(value instanceof Dict)) return undefined;
  return joined(
    '{',
    [...value.entries.values()].map(([key, it]) => pair(key, written(it))),
    '}',
  );
}

function pair(key: Value, value: string | undefined): string | undefined {
  const name = typeof key === 'string' ? asciiJson(key) : `"${written(key)}"`;
  return value === undefined ? undefined : `${name}: ${value}`;
}

function joined(open: string, parts: readonly (string | undefined)[], close: string): string | undefined {
  return parts.includes(undefined) ? undefined : open + parts.join(', ') + close;
}

function asciiJson(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, it => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
