/** Moments, extremes and histogram of a stream of values, block by block, in one pass and in doubles. */

export interface Summary {
  readonly count: number;
  readonly mean: number;
  /** Over the population. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  readonly skewness: number;
  /** Excess over a normal's 3. */
  readonly kurtosis: number;
  /** Share of exact zeros. */
  readonly zeros: number;
  readonly histogram: Histogram;
}

/** Equal bins over [low, high); what lies outside is counted in the first and last bin. Counts may pass 2³². */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: Float64Array;
}

export interface Range {
  readonly low: number;
  readonly high: number;
  readonly bins: number;
}

/** What a machine of its own found: sums of powers of (value − origin)/unit, with origin and unit near mean and std. */
export interface Measured {
  readonly count: number;
  readonly origin: number;
  readonly unit: number;
  /** Of the powers 1 to 4. */
  readonly sums: readonly [number, number, number, number];
  readonly min: number;
  readonly max: number;
  readonly zeros: number;
  readonly counts: Uint32Array;
}

export type Numbers = Float32Array | Float64Array;

/** What statistics hold, as plain data. */
export interface Part {
  readonly moments: Accumulated;
  readonly min: number;
  readonly max: number;
  readonly zeros: number;
  readonly counts: ArrayLike<number>;
}

/** Count and central moments: M2 = Σ(x − mean)², M3, M4 likewise. */
interface Accumulated {
  readonly count: number;
  readonly mean: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
}

const BINS = 100;
/** Values of one block share a mean, so that their central moments cancel nothing. */
const BLOCK = 4096;

/** Holds moments and a histogram, never the values. */
export class Statistics {
  #moments: Accumulated = { count: 0, mean: 0, m2: 0, m3: 0, m4: 0 };
  #min = Infinity;
  #max = -Infinity;
  #zeros = 0;
  readonly #low: number;
  readonly #high: number;
  readonly #counts: Float64Array;

  /** The histogram's range has to be known before the first value. */
  constructor(low: number, high: number, bins = BINS) {
    this.#low = low;
    this.#high = high;
    this.#counts = new Float64Array(bins);
  }

  add(values: Numbers): void {
    for (let start = 0; start < values.length; start += BLOCK) {
      const end = Math.min(values.length, start + BLOCK);
      this.#moments = combined(this.#moments, momentsOf(values, start, end));
      this.#addExtremes(values, start, end);
      this.#addHistogram(values, start, end);
    }
  }

  /** Values that were measured elsewhere, over the same bins. */
  addMeasured(measured: Measured): void {
    if (measured.count > 0) this.addPart({ ...measured, moments: centralMoments(measured) });
  }

  /** One value, so many times. */
  addRun(value: number, count: number): void {
    if (count === 0) return;
    const counts = new Float64Array(this.#counts.length);
    counts[this.#binOf(value)] = count;
    const moments = { count, mean: value, m2: 0, m3: 0, m4: 0 };
    this.addPart({ moments, min: value, max: value, zeros: value === 0 ? count : 0, counts });
  }

  addPart({ moments, min, max, zeros, counts }: Part): void {
    if (moments.count === 0) return;
    this.#moments = combined(this.#moments, moments);
    this.#min = Math.min(this.#min, min);
    this.#max = Math.max(this.#max, max);
    this.#zeros += zeros;
    for (let bin = 0; bin < this.#counts.length; bin++) this.#counts[bin]! += counts[bin]!;
  }

  /** All that was added, to be added to others. */
  part(): Part {
    return { moments: this.#moments, min: this.#min, max: this.#max, zeros: this.#zeros, counts: this.#counts };
  }

  get range(): Range {
    return { low: this.#low, high: this.#high, bins: this.#counts.length };
  }

  summary(): Summary {
    const { count, mean, m2, m3, m4 } = this.#moments;
    const variance = m2 / count;
    return {
      count,
      mean: count === 0 ? Number.NaN : mean,
      std: Math.sqrt(variance),
      min: this.#min,
      max: this.#max,
      skewness: variance === 0 ? 0 : m3 / count / variance ** 1.5,
      kurtosis: variance === 0 ? 0 : m4 / count / variance ** 2 - 3,
      zeros: this.#zeros / count,
      histogram: { low: this.#low, high: this.#high, counts: this.#counts },
    };
  }

  #addExtremes(values: Numbers, start: number, end: number): void {
    let min = this.#min;
    let max = this.#max;
    let zeros = 0;
    for (let i = start; i < end; i++) {
      const value = values[i]!;
      if (value < min) min = value;
      if (value > max) max = value;
      if (value === 0) zeros++;
    }
    this.#min = min;
    this.#max = max;
    this.#zeros += zeros;
  }

  /**
   * Subtract, multiply, truncate: rounding to the nearest would shift every bin by half. In float32, as the machines
   * do that compute four or more at once, so that all of them agree on every bin.
   */
  #addHistogram(values: Numbers, start: number, end: number): void {
    const counts = this.#counts;
    const low = Math.fround(this.#low);
    const last = counts.length - 1;
    const perUnit = binsPerUnit(this.range);
    for (let i = start; i < end; i++) {
      const place = Math.fround(Math.fround(Math.fround(values[i]!) - low) * perUnit);
      counts[Math.max(0, Math.min(last, place)) | 0]!++;
    }
  }

  #binOf(value: number): number {
    const bins = new Statistics(this.#low, this.#high, this.#counts.length);
    bins.add(Float64Array.of(value));
    return bins.#counts.indexOf(1);
  }
}

/** In float32; 0 where the range is empty. */
export function binsPerUnit({ low, high, bins }: Range): number {
  const width = Math.fround(high) - Math.fround(low);
  return width > 0 ? Math.fround(bins / width) : 0;
}

/** The summary of values at hand; the range is theirs unless it is given. */
export function summarizeValues(values: Numbers, range: { low: number; high: number } = rangeOf(values)): Summary {
  const statistics = new Statistics(range.low, range.high);
  statistics.add(values);
  return statistics.summary();
}

function rangeOf(values: Numbers): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** Two passes over a block that lies in the cache. */
function momentsOf(values: Numbers, start: number, end: number): Accumulated {
  const count = end - start;
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]!;
  const mean = sum / count;
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let i = start; i < end; i++) {
    const deviation = values[i]! - mean;
    const square = deviation * deviation;
    m2 += square;
    m3 += square * deviation;
    m4 += square * square;
  }
  return { count, mean, m2, m3, m4 };
}

function centralMoments({ count, origin, unit, sums: [s1, s2, s3, s4] }: Measured): Accumulated {
  const shift = s1 / count;
  const m2 = s2 - shift * s1;
  const m3 = s3 - 3 * shift * s2 + 2 * shift ** 2 * s1;
  const m4 = s4 - 4 * shift * s3 + 6 * shift ** 2 * s2 - 3 * shift ** 3 * s1;
  return { count, mean: origin + unit * shift, m2: unit ** 2 * m2, m3: unit ** 3 * m3, m4: unit ** 4 * m4 };
}

/** Pébay 2008, Formulas for robust, one-pass parallel computation of covariances and arbitrary-order moments. */
function combined(a: Accumulated, b: Accumulated): Accumulated {
  if (a.count === 0) return b;
  const count = a.count + b.count;
  const delta = b.mean - a.mean;
  const perCount = delta / count;
  const cross = delta * perCount * a.count * b.count;
  const m3 = cross * perCount * (a.count - b.count) + 3 * perCount * (a.count * b.m2 - b.count * a.m2);
  const spread = cross * perCount * perCount * (a.count ** 2 - a.count * b.count + b.count ** 2);
  const mixed = 6 * perCount ** 2 * (a.count ** 2 * b.m2 + b.count ** 2 * a.m2);
  return {
    count,
    mean: a.mean + perCount * b.count,
    m2: a.m2 + b.m2 + cross,
    m3: a.m3 + b.m3 + m3,
    m4: a.m4 + b.m4 + spread + mixed + 4 * perCount * (a.count * b.m3 - b.count * a.m3),
  };
}
