/** `inspect.getsource`: the text of modules, classes and functions that are read from files. */
import type * as tree from '../../syntax/tree.js';
import type { Machine } from '../machine.js';
import { BoundMethod, ClassValue, Func, ModuleValue, type Value } from '../values.js';

export function sourceOf(m: Machine, value: Value): Value {
  if (value instanceof BoundMethod) return sourceOf(m, value.callee);
  const unknown = () => m.unknown('the source is not read');
  if (value instanceof ModuleValue) return value.source === undefined ? unknown() : withEnd(value.source.text);
  if (value instanceof ClassValue && value.definition !== undefined) {
    return blockOf(value.definition.module.text, value.definition.node);
  }
  const isPlain = value instanceof Func && m.findAttribute(value, '__wrapped__') === undefined;
  if (!isPlain || value.definition.kind !== 'FunctionDefinition') return unknown();
  return blockOf(value.module.text, value.definition);
}

/** Whole lines from the first decorator on; comments behind the last statement belong to it as far as they are indented. */
function blockOf(
  text: string,
  { decorators, start, end, body }: tree.FunctionDefinition | tree.ClassDefinition,
): string {
  const from = lineStart(text, decorators[0]?.start ?? start);
  const indent = body[0] === undefined ? 0 : body[0].start - lineStart(text, body[0].start);
  let to = lineEnd(text, end);
  const isOneLine = body[0] !== undefined && lineStart(text, body[0].start) === lineStart(text, start);
  for (let next = to; !isOneLine && next < text.length; next = lineEnd(text, next)) {
    const line = text.slice(next, lineEnd(text, next));
    const column = line.search(/\S/);
    if (column < 0) continue;
    if (line[column] !== '#' || column < indent) break;
    to = next + line.length;
  }
  return withEnd(text.slice(from, to));
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

const withEnd = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
