/** Which words a text has, in few bits: a question to thousands of files opens only those that may have the word. */

const FNV_PRIME = 0x01000193;
const FNV_BASIS = 0x811c9dc5;
const DOT = 46;
const BEYOND_ASCII = 255;

/**
 * A Bloom filter over a text's words, runs of ASCII letters, digits and `_` as in a regular expression, and over words
 * right behind a dot. A bit for every character leaves about one in eight set.
 */
export class Words {
  readonly #bits: Uint32Array;

  /** Of a text in any encoding that writes ASCII as ASCII. */
  constructor(bytes: Uint8Array) {
    this.#bits = new Uint32Array(2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, bytes.length / 32)))));
    let hash = FNV_BASIS;
    let isAttribute = false;
    for (let i = 0; i <= bytes.length; i++) {
      const code = i < bytes.length ? bytes[i]! : DOT;
      if (IN_WORDS[code] === 1) {
        hash = Math.imul(hash ^ code, FNV_PRIME);
        continue;
      }
      if (hash !== FNV_BASIS) {
        this.#add(hash);
        if (isAttribute) this.#add(~hash);
        hash = FNV_BASIS;
      }
      isAttribute = code === DOT;
    }
  }

  static of(text: string): Words {
    return new Words(Uint8Array.from(text, it => Math.min(it.charCodeAt(0), BEYOND_ASCII)));
  }

  /** False where the text has not got it. */
  mayHave(word: string): boolean {
    return !isPlain(word) || this.#has(hashOf(word));
  }

  /** False where the text has no `.word`. */
  mayHaveAttribute(word: string): boolean {
    return !isPlain(word) || this.#has(~hashOf(word));
  }

  #add(hash: number): void {
    const mixed = mix(hash);
    this.#set(mixed);
    this.#set(mixed >>> 16);
  }

  #has(hash: number): boolean {
    const mixed = mix(hash);
    return this.#isSet(mixed) && this.#isSet(mixed >>> 16);
  }

  #set(place: number): void {
    const bit = place & (this.#bits.length * 32 - 1);
    this.#bits[bit >>> 5]! |= 1 << (bit & 31);
  }

  #isSet(place: number): boolean {
    const bit = place & (this.#bits.length * 32 - 1);
    return (this.#bits[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }
}

/** Every bit of the result depends on all of the hash (the finalizer of MurmurHash3, Austin Appleby, public domain). */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Other names may be there: none is known of them. */
const isPlain = (word: string): boolean => /^\w+$/.test(word);

function hashOf(word: string): number {
  let hash = FNV_BASIS;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), FNV_PRIME);
  return hash;
}

const IN_WORDS = Uint8Array.from({ length: 256 }, (_, code) => (/\w/.test(String.fromCharCode(code)) ? 1 : 0));
