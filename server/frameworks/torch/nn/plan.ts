/** What a row of the table comes to for the arguments of a constructor: computed once for all layers that are made alike. */
import { Float, Tuple, type Value } from '../../../interpreter/values.js';
import type { Shape } from '../tensor.js';
import type { LayerRow } from './row.js';

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
}

const plans = new Map<LayerRow, Map<string, Plan>>();
/** Of one row; networks that are searched for make many. */
const MOST_PLANS = 1000;

/** Undefined where an argument is more than a number, a word, or a tuple of them: then it may be another one every time. */
export function planFor(row: LayerRow, args: readonly Value[]): Plan | undefined {
  const key = keyOf(args);
  if (key === undefined) return undefined;
  const ofRow = plans.get(row) ?? new Map<string, Plan>();
  plans.set(row, ofRow);
  const known = ofRow.get(key);
  if (known !== undefined) return known;
  if (ofRow.size >= MOST_PLANS) ofRow.clear();
  const plan: Plan = { members: new Map() };
  ofRow.set(key, plan);
  return plan;
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
