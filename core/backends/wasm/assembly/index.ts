/** The kernel: draws blocks of values to the bit as torch does on the CPU, and measures them where they lie. */
import { CAPACITY, COUNTS, STATE, SUMS, VALUES } from './memory';

export { position, setPosition, skip } from './mt19937';
export { normal } from './normal';
export { freeAddress, multiplyPacked } from './product';
export { qrApply, qrFactor, qrForm, qrLayout, qrMatrix, qrPitch, qrReflect, qrSigns } from './qr';
export { spread } from './spread';
export { begin, measure } from './statistics';
export { erfinv, truncatedNormal } from './truncated-normal';
export { uniform } from './uniform';
export { fusedRest } from './vector';

export function stateAddress(): usize {
  return STATE;
}

export function valuesAddress(): usize {
  return VALUES;
}

export function countsAddress(): usize {
  return COUNTS;
}

export function sumsAddress(): usize {
  return SUMS;
}

export function capacity(): i32 {
  return CAPACITY;
}
