/**
 * Branches of a constructor that the default of an argument keeps out: each is there in an evaluation in which the argument was
 * given another value, as whoever makes the network may give it.
 */
import { type ClassValue, Func, type Value } from '../interpreter/values.js';
import type * as tree from '../syntax/tree.js';
import { walk } from '../syntax/walk.js';
import type { Site } from '../text/span.js';

const MOST_VALUES = 3;

/** A value for an argument, and what runs for it that otherwise does not. */
export interface OtherValue {
  readonly argument: string;
  /** Absent: a sequence of any length, where the default stands for an empty one. */
  readonly value?: boolean | string;
  readonly test: Site;
  readonly branches: readonly Site[];
}

/** Of a class that is written in the file, as far as the branches initialize something. */
export function otherValuesOf(cls: ClassValue): readonly OtherValue[] {
  const initialize = cls.attributes.get('__init__');
  if (!(initialize instanceof Func) || initialize.definition.kind !== 'FunctionDefinition') return [];
  const { definition, module } = initialize;
  const names = namesOf(definition);
  const found = new Map<string, OtherValue>();
  const empty = emptyByDefault(definition, initialize.defaults);
  walk(definition, node => {
    const kept =
      node.kind === 'If'
        ? keptOut(node, names, initialize.defaults)
        : node.kind === 'For'
          ? leftOut(node, empty)
          : undefined;
    const [first] = kept?.branch ?? [];
    if (kept === undefined || first === undefined) return undefined;
    const branch = { path: module.path, start: first.start, end: kept.branch.at(-1)!.end };
    if (!INITIALIZES.test(module.text.slice(branch.start, branch.end))) return undefined;
    const { argument, value, test: asked } = kept;
    const known = found.get(`${argument}=${value}`);
    const test = known?.test ?? { path: module.path, start: asked.start, end: asked.end };
    const branches = [...(known?.branches ?? []), branch];
    found.set(`${argument}=${value}`, { argument, test, branches, ...(value !== undefined && { value }) });
    return undefined;
  });
  return [...found.values()].slice(0, MOST_VALUES);
}

/** What ends with an underscore writes in place. */
const INITIALIZES = /\binit\.|\w_\(|\brand\(/;

interface Kept {
  readonly argument: string;
  readonly value?: boolean | string;
  readonly test: tree.Expression;
  readonly branch: readonly tree.Statement[];
}

/** `if sizes is None: sizes = []`, by the argument. */
function emptyByDefault(
  { body }: tree.FunctionDefinition,
  defaults: ReadonlyMap<string, Value>,
): ReadonlyMap<string, tree.Expression> {
  const empty = new Map<string, tree.Expression>();
  for (const statement of body) {
    if (statement.kind !== 'If' || statement.test.kind !== 'Comparison') continue;
    const { left, operators, comparators } = statement.test;
    const isNone = operators[0] === 'is' && comparators[0]?.kind === 'Constant' && comparators[0].value === null;
    const [assigned] = statement.body;
    if (!isNone || left.kind !== 'Name' || defaults.get(left.name) !== null || assigned?.kind !== 'Assign') continue;
    const { value } = assigned;
    if ((value.kind === 'List' || value.kind === 'Tuple') && value.elements.length === 0)
      empty.set(left.name, statement.test);
  }
  return empty;
}

/** The loop over what is empty by default. */
function leftOut({ iterable, body }: tree.For, empty: ReadonlyMap<string, tree.Expression>): Kept | undefined {
  let found: string | undefined;
  walk(iterable, node => {
    if (node.kind === 'Name' && empty.has(node.name)) found ??= node.name;
    return undefined;
  });
  return found === undefined ? undefined : { argument: found, test: empty.get(found)!, branch: body };
}

/** The branch that runs for another value than the default alone. */
function keptOut(
  { test, body, otherwise }: tree.If,
  names: ReadonlyMap<string, string>,
  defaults: ReadonlyMap<string, Value>,
): Kept | undefined {
  if (test.kind === 'UnaryOperation' && test.operator === 'not') {
    const argument = argumentIn(test.operand, names);
    const byDefault = argument === undefined ? undefined : defaults.get(argument);
    return typeof byDefault === 'boolean'
      ? { argument: argument!, value: !byDefault, test, branch: byDefault ? body : otherwise }
      : undefined;
  }
  const isEquality = test.kind === 'Comparison' && test.operators.length === 1 && test.operators[0] === '==';
  const argument = argumentIn(isEquality ? test.left : test, names);
  const byDefault = argument === undefined ? undefined : defaults.get(argument);
  if (!isEquality)
    return typeof byDefault === 'boolean'
      ? { argument: argument!, value: !byDefault, test, branch: byDefault ? otherwise : body }
      : undefined;
  const [other] = test.comparators;
  if (typeof byDefault !== 'string' || other?.kind !== 'String' || other.value === byDefault) return undefined;
  return { argument: argument!, value: other.value, test, branch: body };
}

function argumentIn(node: tree.Expression, names: ReadonlyMap<string, string>): string | undefined {
  if (node.kind === 'Name') return names.get(node.name);
  const isOwn = node.kind === 'Attribute' && node.value.kind === 'Name' && node.value.name === 'self';
  return isOwn ? names.get(`self.${node.attribute.name}`) : undefined;
}

/** Arguments by their names, and by attributes that hold them and nothing else. */
function namesOf({ parameters, body }: tree.FunctionDefinition): ReadonlyMap<string, string> {
  const names = new Map(parameters.list.slice(1).map(it => [it.name.name, it.name.name] as const));
  const attributes = new Map<string, string | undefined>();
  for (const statement of body) {
    if (statement.kind !== 'Assign') continue;
    const { value } = statement;
    for (const target of statement.targets) {
      if (target.kind === 'Name') names.delete(target.name);
      if (target.kind !== 'Attribute' || target.value.kind !== 'Name' || target.value.name !== 'self') continue;
      const key = `self.${target.attribute.name}`;
      attributes.set(key, value.kind === 'Name' && !attributes.has(key) ? names.get(value.name) : undefined);
    }
  }
  for (const [key, argument] of attributes) if (argument !== undefined) names.set(key, argument);
  return names;
}
