/** Nodes of a text in front of which something was inserted or deleted. */
import type { FunctionDefinition, Located } from './tree.js';

/** A copy whose offsets are larger by that much; the bodies of functions are copied when they are asked for. */
export function shifted<T extends Located>(node: T, by: number): T {
  return by === 0 ? node : (copyOf(node, by) as T);
}

const firsts = new WeakMap<Located, Located>();

/** The same, of a node of which it is remembered where it comes from. */
export function moved<T extends Located>(node: T, by: number): T {
  const copy = shifted(node, by);
  if (copy !== node) firsts.set(copy, firstOf(node));
  return copy;
}

/** The node that it was before its text was moved, however often: the same of all its copies. */
export const firstOf = <T extends Located>(node: T): T => (firsts.get(node) as T | undefined) ?? node;

function copyOf(value: unknown, by: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(it => copyOf(it, by));
  if ((value as { kind?: unknown }).kind === 'FunctionDefinition') return functionOf(value as FunctionDefinition, by);
  const node = value as Record<string, unknown>;
  const copy: Record<string, unknown> = {};
  for (const key in node) {
    const part = node[key];
    copy[key] = key === 'start' || key === 'end' ? (part as number) + by : copyOf(part, by);
  }
  return copy;
}

/** Where a copy comes from: one of a copy is made of the same original, however often its text moves. */
const origins = new WeakMap<FunctionDefinition, { readonly original: FunctionDefinition; readonly by: number }>();

function functionOf(node: FunctionDefinition, by: number): FunctionDefinition {
  const known = origins.get(node);
  const origin = { original: known?.original ?? node, by: by + (known?.by ?? 0) };
  let body: FunctionDefinition['body'] | undefined;
  const { kind, start, end, name, parameters, returns, decorators, typeParameters, isAsync } = node;
  const copy: FunctionDefinition = {
    kind,
    start: start + by,
    name: shifted(name, by),
    parameters: shifted(parameters, by),
    ...(returns && { returns: shifted(returns, by) }),
    end: end + by,
    get body() {
      body ??= origin.original.body.map(it => shifted(it, origin.by));
      return body;
    },
    decorators: decorators.map(it => shifted(it, by)),
    typeParameters: typeParameters.map(it => shifted(it, by)),
    isAsync,
    get isGenerator() {
      return origin.original.isGenerator;
    },
  };
  origins.set(copy, origin);
  return copy;
}
