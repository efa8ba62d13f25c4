/** Mean, standard deviation and extremes of values at hand, in doubles. */
import type { Numbers } from './statistics.js';

export interface Spread {
  readonly mean: number;
  /** Over the population. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

/** Of values that come bit by bit. Sums of differences from the first value, so that a large mean cancels nothing. */
export class SpreadSum {
  #count = 0;
  #origin = 0;
  #sum = 0;
  #squares = 0;
  #min = Infinity;
  #max = -Infinity;

  add(values: Numbers): void {
    if (this.#count === 0 && values.length > 0) this.#origin = values[0]!;
    this.#count += values.length;
    const grouped = values.length - (values.length % 4);
    this.#addGroups(values, grouped);
    for (let i = grouped; i < values.length; i++) this.#addOne(values[i]!);
  }

  #addOne(value: number): void {
    const difference = value - this.#origin;
    this.#sum += difference;
    this.#squares += difference * difference;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  /** Four sums side by side: none waits for the one before. */
  #addGroups(values: Numbers, count: number): void {
    const origin = this.#origin;
    let min = this.#min;
    let max = this.#max;
    let [a, b, c, d] = [0, 0, 0, 0];
    let [aa, bb, cc, dd] = [0, 0, 0, 0];
    for (let i = 0; i < count; i += 4) {
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
    this.#sum += a + b + (c + d);
    this.#squares += aa + bb + (cc + dd);
    this.#min = min;
    this.#max = max;
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
