/** Elements of small tensors, computed when somebody asks: most of what a constructor computes, nobody looks at. */

export type Data = Float64Array<ArrayBufferLike>;

/** What stands on so many others that were not asked for is computed at once: asking for it takes as many calls. */
const DEEPEST = 100;

export class Elements {
  #compute: (() => Data) | undefined;
  #values: Data | undefined;
  /** How many stand on each other, this one the last. */
  #depth: number;

  /** `compute` asks those in `from` for theirs. */
  constructor(from: Iterable<Elements>, compute: () => Data) {
    this.#compute = compute;
    this.#depth = 1;
    for (const it of from) this.#depth = Math.max(this.#depth, it.#depth + 1);
    if (this.#depth > DEEPEST) this.values;
  }

  static of(values: Data): Elements {
    const elements = new Elements([], () => values);
    elements.values;
    return elements;
  }

  /** The values, where somebody has asked for them. */
  get known(): Data | undefined {
    return this.#values;
  }

  get values(): Data {
    if (this.#values === undefined) {
      this.#values = this.#compute!();
      this.#compute = undefined;
      this.#depth = 0;
    }
    return this.#values;
  }
}
