/** Shapes of which every size is a number. */
import type { Operation } from '../../model/graph.js';

export function numbersIn(shape: Operation['shape']): readonly number[] | undefined {
  return shape?.every(it => typeof it === 'number') ? (shape as readonly number[]) : undefined;
}
