/** The numbers of a parameter's start: one function for hover, table and every other place that shows them. */
import { boundOf, type Fans, type InitSpec, meanOf, stdOf } from '../../core/initializer.js';
import { isKnown, product, type Size } from '../../core/size.js';
import type { Parameter, Write } from '../model/parameters.js';

export interface StartNumbers {
  /** The write that decides; absent for raw memory. */
  readonly write?: Write;
  /** Later writes to parts of it. */
  readonly parts: readonly Write[];
  readonly spec?: InitSpec;
  /** True fans of the layer where they are known, else those that the initializer computed. */
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
  const { writes, shape } = parameter;
  const last = writes.findLastIndex(it => it.region === 'whole');
  const write = writes[last];
  const fans = parameter.fans ?? write?.fans;
  return dropUndefined({
    write,
    parts: writes.slice(last + 1),
    spec: write?.spec,
    fans,
    ...(write && specNumbers(write, fans, shape)),
    count: countOf(shape),
  });
}

/** The initializer scales by the fans that it computes; what it amounts to is a matter of the true ones. */
function specNumbers({ spec, fans: computed }: Write, fans: Fans | undefined, shape: readonly Size[] | undefined) {
  const std = stdOf(spec, computed, shape);
  const fanIn = fans?.fanIn;
  return {
    std,
    mean: meanOf(spec, shape),
    bound: boundOf(spec, computed),
    gain: std === undefined || fanIn === undefined || !isKnown(fanIn) ? undefined : std * Math.sqrt(fanIn),
  };
}

function countOf(shape: readonly Size[] | undefined): number | undefined {
  const count = shape === undefined ? undefined : product(shape);
  return count !== undefined && isKnown(count) ? count : undefined;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Absent means unknown, so an undefined property must not be there. */
function dropUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, it]) => it !== undefined)) as Defined<T>;
}
