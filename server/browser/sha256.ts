/** SHA-256 in steps (FIPS 180-4): browsers have it only for whole messages and only asynchronously. */
import type { Digest } from '../host.js';

const blockLength = 64;

export class Sha256 implements Digest {
  readonly #state = initialState();
  readonly #block = new Uint8Array(blockLength);
  #filled = 0;
  #length = 0;

  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    this.#fill(bytes);
  }

  finish(): string {
    const bits = BigInt(this.#length) * 8n;
    const zeros = (2 * blockLength - 9 - this.#filled) % blockLength;
    const padding = new Uint8Array(1 + zeros + 8);
    padding[0] = 0x80;
    new DataView(padding.buffer).setBigUint64(1 + zeros, bits);
    this.#fill(padding);
    return [...this.#state].map(word => word.toString(16).padStart(8, '0')).join('');
  }

  #fill(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; ) {
      const piece = bytes.subarray(start, start + blockLength - this.#filled);
      this.#block.set(piece, this.#filled);
      this.#filled += piece.length;
      start += piece.length;
      if (this.#filled < blockLength) return;
      compress(this.#state, this.#block);
      this.#filled = 0;
    }
  }
}

/** The first 32 bits of the fractional parts of the primes' roots: cube roots for rounds, square roots to begin with. */
const roundConstants = firstPrimes(64).map(prime => fractionBits(Math.cbrt(prime)));

function initialState(): Uint32Array {
  return Uint32Array.from(firstPrimes(8), prime => fractionBits(Math.sqrt(prime)));
}

function fractionBits(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every(prime => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

type Words = [number, number, number, number, number, number, number, number];

function compress(state: Uint32Array, block: Uint8Array): void {
  const schedule = scheduleOf(block);
  let [a, b, c, d, e, f, g, h] = [...state] as Words;
  for (let round = 0; round < 64; round++) {
    const sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum1 + choice + roundConstants[round]! + schedule[round]!) | 0;
    const sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = (sum0 + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index]! += word;
}

function scheduleOf(block: Uint8Array): Uint32Array {
  const view = new DataView(block.buffer, block.byteOffset);
  const words = new Uint32Array(64);
  for (let index = 0; index < 16; index++) words[index] = view.getUint32(4 * index);
  for (let index = 16; index < 64; index++) {
    const old = words[index - 15]!;
    const late = words[index - 2]!;
    const sigma0 = rotated(old, 7) ^ rotated(old, 18) ^ (old >>> 3);
    const sigma1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
    words[index] = words[index - 16]! + sigma0 + words[index - 7]! + sigma1;
  }
  return words;
}

function rotated(word: number, count: number): number {
  return (word >>> count) | (word << (32 - count));
}
