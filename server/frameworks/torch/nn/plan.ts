/** What a row of the table comes to for the arguments of a constructor: computed once for all layers that are made alike. */
import { Float, Tuple, type Value } from '../../../interpreter/values.js';
import type { Shape, View } from '../tensor.js';
import type { LayerRow } from './row.js';
import type { Beginning } from './start.js';

export interface Plan {
  /** The constructor refuses none of the arguments. */
  isAccepted?: boolean;
  attributes?: readonly Attribute[];
  /** What such a layer starts with: these, behind what every module has. */
  shared?: ReadonlyMap<string, Value>;
  /** By the name of a parameter or buffer. */
  readonly members: Map<string, PlannedMember>;
}

export type Attribute = readonly [name: string, value: Value];

export interface PlannedMember {
  readonly exists: boolean | undefined;
  readonly shape: Shape;
  readonly view: View;
  /** How it starts by default; null where it stays as the memory is. */
  start?: Beginning | null;
}

/** Of one row; networks that are searched for make many. */
const MOST_PLANS = 1000;

/** By one argument after the other. */
type Branch = Map<unknown, Branch | Plan>;

/** The plans of a row of the table. */
export class Plans {
  private root: Branch = new Map();
  private count = 0;

  /** Undefined where an argument is more than a number, a word, or a tuple of them: then it may be another one every time. */
  for(args: readonly Value[]): Plan | undefined {
    let branch = this.root;
    const last = args.length - 1;
    for (let i = 0; i < last; i++) {
      const key = keyFor(args[i]!);
      if (key === undefined) return undefined;
      branch = (branch.get(key) as Branch | undefined) ?? branchAt(branch, key);
    }
    const key = last < 0 ? NO_ARGUMENTS : keyFor(args[last]!);
    if (key === undefined) return undefined;
    return (branch.get(key) as Plan | undefined) ?? this.make(branch, key);
  }

  private make(branch: Branch, key: unknown): Plan {
    const plan: Plan = { members: new Map() };
    branch.set(key, plan);
    if (++this.count > MOST_PLANS) {
      this.root = new Map();
      this.count = 0;
    }
    return plan;
  }
}

const NO_ARGUMENTS = Symbol('no arguments');

function branchAt(branch: Branch, key: unknown): Branch {
  const next: Branch = new Map();
  branch.set(key, next);
  return next;
}

const plans = new Map<LayerRow, Plans>();

export function plansOf(row: LayerRow): Plans {
  const known = plans.get(row) ?? new Plans();
  plans.set(row, known);
  return known;
}

/** Null, booleans, numbers and words are keys as they are; the words for others begin as none of those does. */
function keyFor(value: Value): unknown {
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? undefined : value;
  const word = wordFor(value);
  return word && `\0${word}`;
}

export const isPlain = (value: Value): boolean => wordFor(value) !== undefined;

function keyOf(values: readonly Value[]): string | undefined {
  let key = '';
  for (const value of values) {
    const word = wordFor(value);
    if (word === undefined) return undefined;
    key += `${word},`;
  }
  return key;
}

/** Tells 1 from 1.0 and True; undefined for what can change or is not known. */
function wordFor(value: Value): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return `${value}`;
  if (typeof value === 'string') return `${value.length}'${value}`;
  if (value instanceof Float) return Object.is(value.value, -0) ? '-0f' : `${value.value}f`;
  if (!(value instanceof Tuple)) return undefined;
  const items = keyOf(value.items);
  return items === undefined ? undefined : `(${items})`;
}
