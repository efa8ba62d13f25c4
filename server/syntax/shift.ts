/** Nodes of a text in front of which something was inserted or deleted. */
import type {
  Expression,
  FunctionDefinition,
  Identifier,
  Located,
  Parameter,
  Parameters,
  Statement,
  TypeParameter,
} from './tree.js';

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

/** What `make` makes of a node and its text, once for a node and all its copies. */
export function remembered<T extends Located, R>(make: (node: T, text: string) => R): (node: T, text: string) => R {
  const known = new WeakMap<Located, { readonly made: R }>();
  return (node, text) => {
    const first = firstOf(node);
    let entry = known.get(first);
    if (entry === undefined) {
      entry = { made: make(node, text) };
      known.set(first, entry);
    }
    return entry.made;
  };
}

function copyOf(value: unknown, by: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(it => copyOf(it, by));
  if ((value as { kind?: unknown }).kind === 'FunctionDefinition') return new Moved(value as FunctionDefinition, by);
  const node = value as Record<string, unknown>;
  const copy: Record<string, unknown> = {};
  for (const key in node) {
    const part = node[key];
    copy[key] = key === 'start' || key === 'end' ? (part as number) + by : copyOf(part, by);
  }
  return copy;
}

/** A function behind the change; one that moves again is made of the same original, however often its text does. */
class Moved implements FunctionDefinition {
  readonly kind = 'FunctionDefinition';
  readonly start: number;
  readonly end: number;
  readonly name: Identifier;
  readonly parameters: Parameters;
  declare readonly returns?: Expression;
  readonly decorators: readonly Expression[];
  readonly typeParameters: readonly TypeParameter[];
  readonly isAsync: boolean;
  readonly #original: FunctionDefinition;
  readonly #by: number;
  #body: readonly Statement[] | undefined;

  constructor(node: FunctionDefinition, by: number) {
    const isMoved = node instanceof Moved;
    this.#original = isMoved ? node.#original : node;
    this.#by = isMoved ? node.#by + by : by;
    this.start = node.start + by;
    this.end = node.end + by;
    this.name = identifierOf(node.name, by);
    this.parameters = parametersOf(node.parameters, by);
    if (node.returns !== undefined) this.returns = shifted(node.returns, by);
    this.decorators = allOf(node.decorators, by);
    this.typeParameters = allOf(node.typeParameters, by);
    this.isAsync = node.isAsync;
  }

  get body(): readonly Statement[] {
    this.#body ??= allOf(this.#original.body, this.#by);
    return this.#body;
  }

  get isGenerator(): boolean {
    return this.#original.isGenerator;
  }
}

const allOf = <T extends Located>(nodes: readonly T[], by: number): readonly T[] =>
  nodes.length === 0 ? nodes : nodes.map(it => shifted(it, by));

function identifierOf({ start, end, name }: Identifier, by: number): Identifier {
  return { start: start + by, end: end + by, name };
}

function parametersOf({ start, end, list }: Parameters, by: number): Parameters {
  return { start: start + by, end: end + by, list: list.map(it => parameterOf(it, by)) };
}

function parameterOf(parameter: Parameter, by: number): Parameter {
  const { annotation } = parameter;
  const copy = { ...parameter, start: parameter.start + by, end: parameter.end + by };
  copy.name = identifierOf(parameter.name, by);
  if (annotation !== undefined) copy.annotation = shifted(annotation, by);
  if (parameter.default !== undefined) copy.default = shifted(parameter.default, by);
  return copy;
}
