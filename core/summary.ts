/** Mean, standard deviation and extremes of values at hand, in doubles. */
import type { Numbers } from './statistics.js';

export interface Spread {
  readonly mean: number;
  /** Over the population. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

/** Of one block: sums of differences from an origin and of their squares; a value that is no number is no extreme. */
export interface BlockSpread {
  readonly sum: number;
  readonly squares: number;
  readonly min: number;
  readonly max: number;
}

/** So many values at most are a block: sums round alike wherever they are made. */
const BLOCK = 4096;

/** Of values that come bit by bit. Sums of differences from the first value, so that a large mean cancels nothing. */
export class SpreadSum {
  #count = 0;
  #origin = 0;
  #sum = 0;
  #squares = 0;
  #min = Infinity;
  #max = -Infinity;

  /** Blocks may be added up elsewhere, in the same order. */
  constructor(private readonly measure: (block: Numbers, origin: number) => BlockSpread = blockSpread) {}

  add(values: Numbers): void {
    if (this.#count === 0 && values.length > 0) this.#origin = values[0]!;
    this.#count += values.length;
    for (let at = 0; at < values.length; at += BLOCK) {
      const { sum, squares, min, max } = this.measure(values.subarray(at, at + BLOCK), this.#origin);
      this.#sum += sum;
      this.#squares += squares;
      this.#min = Math.min(this.#min, min);
      this.#max = Math.max(this.#max, max);
    }
  }

  /** Undefined without values. */
  get spread(): Spread | undefined {
    const count = this.#count;
    if (count === 0) return undefined;
    const shift = this.#sum / count;
    const std = Math.sqrt(Math.max(0, this.#squares / count - shift * shift));
    return { mean: this.#origin + shift, std, min: this.#min, max: this.#max };
  }
}

/** Four sums side by side, none of which waits for the one before; then what is left of fours. */
export function blockSpread(values: Numbers, origin: number): BlockSpread {
  const fours = values.length - (values.length % 4);
  let [min, max] = [Infinity, -Infinity];
  let [a, b, c, d] = [0, 0, 0, 0];
  let [aa, bb, cc, dd] = [0, 0, 0, 0];
  for (let i = 0; i < fours; i += 4) {
    const x = values[i]!;
    const y = values[i + 1]!;
    const z = values[i + 2]!;
    const w = values[i + 3]!;
    if (x < min) min = x;
    if (x > max) max = x;
    if (y < min) min = y;
    if (y > max) max = y;
    if (z < min) min = z;
    if (z > max) max = z;
    if (w < min) min = w;
    if (w > max) max = w;
    const [p, q, r, t] = [x - origin, y - origin, z - origin, w - origin];
    a += p;
    aa += p * p;
    b += q;
    bb += q * q;
    c += r;
    cc += r * r;
    d += t;
    dd += t * t;
  }
  let [sum, squares] = [a + b + (c + d), aa + bb + (cc + dd)];
  for (let i = fours; i < values.length; i++) {
    const value = values[i]!;
    const difference = value - origin;
    sum += difference;
    squares += difference * difference;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { sum, squares, min, max };
}
