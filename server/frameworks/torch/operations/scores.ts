/** Masks over the scores of attention: what comes later, and what a mask leaves out. */
import type { Machine } from '../../../interpreter/machine.js';
import { Float, type Value } from '../../../interpreter/values.js';
import { isMissing } from '../arguments.js';
import { Storage } from '../storage.js';
import { isTensor, knownShape, newTensor, type Shape, type Tensor } from '../tensor.js';
import { sum } from './arithmetic.js';
import { MOST_ELEMENTS } from './data.js';
import { opaqueResult } from './results.js';

/** Minus infinity for what comes later, to be added to scores. */
export function laterMask(machine: Machine, size: number | undefined): Value {
  if (size === undefined || size * size > MOST_ELEMENTS) return machine.unknown('a mask');
  const storage = new Storage('float32', size * size);
  const values = Float64Array.from({ length: size * size }, (_, at) =>
    isLater(at, size) ? Number.NEGATIVE_INFINITY : 0,
  );
  storage.contents = [{ kind: 'data', values }];
  storage.isRaw = false;
  return newTensor(machine, [size, size], { storage });
}

const isLater = (at: number, columns: number): boolean => at % columns > Math.floor(at / columns);

/** Scores with a mask added, or, of a mask of truths, with minus infinity where it is false. */
export function maskedScores(machine: Machine, scores: Tensor, mask: Value | undefined): Tensor {
  if (isMissing(mask)) return scores;
  if (!isTensor(mask)) return opaqueResult(machine, 'a mask', [scores], scores.shape);
  if (mask.dtype !== 'bool') return sum(machine, scores, mask);
  const isLeftOut = machine.callMethod(mask, 'logical_not', []);
  return machine.callMethod(scores, 'masked_fill', [isLeftOut, new Float(Number.NEGATIVE_INFINITY)]) as Tensor;
}

/** True where a token may look: at itself, and at what came before. Undefined where it would be too large to keep. */
export function causalMask(machine: Machine, scores: Shape): Value | undefined {
  const [rows, columns] = knownShape(scores?.slice(-2)) ?? [];
  if (rows === undefined || columns === undefined || rows * columns > MOST_ELEMENTS) return machine.unknown('a mask');
  const storage = new Storage('bool', rows * columns);
  const values = Float64Array.from({ length: rows * columns }, (_, at) => Number(!isLater(at, columns)));
  storage.contents = [{ kind: 'data', values }];
  storage.isRaw = false;
  return newTensor(machine, [rows, columns], { dtype: 'bool', storage });
}
