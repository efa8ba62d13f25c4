/** The numbers of a parameter's start: one function for hover, table and every other place that shows them. */
import { boundOf, type Fans, type InitSpec, meanOf, stdOf } from '../../core/initializer.js';
import { isKnown, product, type Size } from '../../core/size.js';
import type { Parameter, Write } from '../model/parameters.js';
import { finalWrites } from '../model/questions/final-writes.js';
import { effectiveGain, trueFans } from '../model/questions/gains.js';

export interface StartNumbers {
  /** The write that decides; absent for raw memory. */
  readonly write?: Write;
  /** Later writes, to parts of it or on one branch only. */
  readonly later: readonly Write[];
  readonly spec?: InitSpec;
  /** Fans of the layer where they are known, else those that the initializer computed. */
  readonly fans?: Fans;
  /** The effective gain, `std · √fan_in`. */
  readonly gain?: number;
  readonly mean?: number;
  readonly std?: number;
  /** The largest absolute value; ∞ where there is none. */
  readonly bound?: number;
  /** Number of values; absent where the shape has symbols. */
  readonly count?: number;
}

export function startNumbersOf(parameter: Parameter): StartNumbers {
  const { shape } = parameter;
  const writes = finalWrites(parameter);
  const deciding = writes.findLastIndex(it => it.region === 'whole');
  const write = writes[deciding];
  return defined({
    write,
    later: writes.slice(deciding + 1),
    spec: write?.spec,
    fans: trueFans(parameter),
    gain: effectiveGain(parameter),
    mean: write && meanOf(write.spec, shape),
    std: write && stdOf(write.spec, write.fans, shape),
    bound: write && boundOf(write.spec, write.fans),
    count: countOf(shape),
  });
}

function countOf(shape: readonly Size[] | undefined): number | undefined {
  const count = shape === undefined ? undefined : product(shape);
  return count !== undefined && isKnown(count) ? count : undefined;
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Absent means unknown, so an undefined property must not be there. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, it]) => it !== undefined)) as Defined<T>;
}
