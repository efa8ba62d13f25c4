/** MT19937 as torch's CPU generator runs it (Matsumoto & Nishimura 1998). */

const SIZE = 624;
const SHIFT = 397;
const UPPER = 0x80000000 | 0;
const LOWER = 0x7fffffff;
const TWIST = 0x9908b0df | 0;

/** A generator as plain data. */
export interface MtState {
  readonly words: Int32Array;
  /** Of the next word. */
  readonly position: number;
  readonly waitingNormal: number | undefined;
}

/** A sequence of 32-bit words that a seed decides, and that may be gone over in steps, copied and skipped. */
export class Mt19937 {
  /** The second sample of a serial normal draw waits here for the next one, across calls. */
  waitingNormal: number | undefined;

  readonly #state = new Int32Array(SIZE);
  /** Position of the next word; SIZE when the state is used up. */
  #next = SIZE;

  /** Of the seed only the low 32 bits count. */
  constructor(seed: number | bigint) {
    const state = this.#state;
    state[0] = Number(BigInt.asIntN(32, BigInt(seed)));
    for (let j = 1; j < SIZE; j++) {
      const before = state[j - 1]!;
      state[j] = Math.imul(1812433253, before ^ (before >>> 30)) + j;
    }
  }

  static restored(state: MtState): Mt19937 {
    const generator = new Mt19937(0);
    generator.become(state);
    return generator;
  }

  state(): MtState {
    return { words: this.#state.slice(), position: this.#next, waitingNormal: this.waitingNormal };
  }

  /** Goes on from a state. */
  become({ words, position, waitingNormal }: MtState): void {
    this.copyFrom(words, position);
    this.waitingNormal = waitingNormal;
  }

  /** A generator that will give the same values as this one from here on. */
  clone(): Mt19937 {
    const copy = new Mt19937(0);
    copy.#state.set(this.#state);
    copy.#next = this.#next;
    copy.waitingNormal = this.waitingNormal;
    return copy;
  }

  /** Copies the state out and tells the position of the next word, for a generator that runs elsewhere. */
  copyTo(state: Int32Array): number {
    state.set(this.#state);
    return this.#next;
  }

  /** Goes on from where a generator that ran elsewhere stopped. */
  copyFrom(state: Int32Array, position: number): void {
    this.#state.set(state);
    this.#next = position;
  }

  /** The next 32 bits, as an unsigned integer. */
  word(): number {
    if (this.#next === SIZE) this.#refill();
    return temper(this.#state[this.#next++]!) >>> 0;
  }

  /** Uniform in [0, 1) with `digits` bits, at most 32; torch takes the low ones of a word. */
  fraction(digits: number): number {
    const unit = 2 ** digits;
    return (this.word() % unit) / unit;
  }

  /** Uniform in [0, 1) with 53 bits of two words, high word first. */
  fraction53(): number {
    const high = this.word() & 0x1fffff;
    return (high * 2 ** 32 + this.word()) * 2 ** -53;
  }

  /** Fills `target[from..to)` with uniform numbers of 24 bits. */
  fillFractions24(target: Float32Array, from: number, to: number): void {
    const state = this.#state;
    let position = from;
    while (position < to) {
      if (this.#next === SIZE) this.#refill();
      const start = this.#next - position;
      const end = Math.min(to, position + SIZE - this.#next);
      for (; position < end; position++) target[position] = (temper(state[start + position]!) & 0xffffff) * 2 ** -24;
      this.#next = start + end;
    }
  }

  /** Passes over `count` words: the state moves on, nothing is tempered. */
  skip(count: number): void {
    let left = count;
    while (left > SIZE - this.#next) {
      left -= SIZE - this.#next;
      this.#refill();
    }
    this.#next += left;
  }

  #refill(): void {
    const state = this.#state;
    for (let k = 0; k < SIZE - SHIFT; k++) state[k] = state[k + SHIFT]! ^ twist(state[k]!, state[k + 1]!);
    for (let k = SIZE - SHIFT; k < SIZE - 1; k++) {
      state[k] = state[k + SHIFT - SIZE]! ^ twist(state[k]!, state[k + 1]!);
    }
    state[SIZE - 1] = state[SHIFT - 1]! ^ twist(state[SIZE - 1]!, state[0]!);
    this.#next = 0;
  }
}

function twist(word: number, next: number): number {
  const joined = (word & UPPER) | (next & LOWER);
  return (joined >>> 1) ^ (-(next & 1) & TWIST);
}

function temper(word: number): number {
  let y = word ^ (word >>> 11);
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >>> 18);
}
