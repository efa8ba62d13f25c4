/** MT19937 (Matsumoto & Nishimura 1998), four words at once. */
import { STATE, VALUES } from './memory';
import { f32s, i32s } from './vector';

const SIZE: i32 = 624;
const SHIFT: i32 = 397;

/** Position of the next word; SIZE when the state is used up. */
let next: i32 = SIZE;

export function position(): i32 {
  return next;
}

export function setPosition(at: i32): void {
  next = at;
}

/** Passes over words: the state moves on, nothing is tempered. */
export function skip(count: u32): void {
  let left = count;
  while (left > u32(SIZE - next)) {
    left -= SIZE - next;
    refill();
  }
  next += left;
}

/** Fills values[from..to) with uniform numbers of 24 bits; may write up to three more behind. */
export function fractions(from: i32, to: i32): void {
  let at = from;
  while (at < to) {
    if (next === SIZE) refill();
    const count = min(to - at, SIZE - next);
    let source = STATE + (usize(next) << 2);
    let target = VALUES + (usize(at) << 2);
    const end = target + (usize(count) << 2);
    do {
      v128.store(target, fraction24(tempered(v128.load(source))));
      target += 16;
      source += 16;
    } while (target < end);
    at += count;
    next += count;
  }
}

// @ts-ignore: decorator
@inline
function fraction24(words: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(v128.and(words, i32s(0xffffff))), f32s(f32(2 ** -24)));
}

// @ts-ignore: decorator
@inline
function tempered(word: v128): v128 {
  let y = v128.xor(word, i32x4.shr_u(word, 11));
  y = v128.xor(y, v128.and(i32x4.shl(y, 7), i32s(0x9d2c5680)));
  y = v128.xor(y, v128.and(i32x4.shl(y, 15), i32s(0xefc60000)));
  return v128.xor(y, i32x4.shr_u(y, 18));
}

/**
 * Four new words need the old ones at k to k + 4 and those at k + 397: old for k < 227, new behind. The vector that
 * straddles 227 is done one word at a time, and so is the last, whose successor is the first new word.
 */
function refill(): void {
  let k = 0;
  for (; k < 224; k += 4) store4(k, k + SHIFT);
  for (; k < 228; k++) store1(k);
  for (; k < 620; k += 4) store4(k, k + SHIFT - SIZE);
  for (; k < SIZE; k++) store1(k);
  next = 0;
}

// @ts-ignore: decorator
@inline
function store4(k: i32, far: i32): void {
  const at = STATE + (usize(k) << 2);
  const following = v128.load(at, 4);
  const joined = v128.bitselect(v128.load(at), following, i32s(0x80000000));
  const twist = v128.and(i32x4.shr_s(i32x4.shl(following, 31), 31), i32s(0x9908b0df));
  const other = v128.load(STATE + (usize(far) << 2));
  v128.store(at, v128.xor(v128.xor(other, i32x4.shr_u(joined, 1)), twist));
}

function store1(k: i32): void {
  const following = wordAt(k + 1 < SIZE ? k + 1 : 0);
  const joined = (wordAt(k) & 0x80000000) | (following & 0x7fffffff);
  const other = wordAt(k + SHIFT < SIZE ? k + SHIFT : k + SHIFT - SIZE);
  store<u32>(STATE + (usize(k) << 2), other ^ (joined >> 1) ^ ((0 - (following & 1)) & 0x9908b0df));
}

// @ts-ignore: decorator
@inline
function wordAt(k: i32): u32 {
  return load<u32>(STATE + (usize(k) << 2));
}
