/** What the tables of parameters have in common, as a person reads it. */
import { counted, thousands } from '../../text/counts.js';
import type { Place, Sizes } from './rows.js';

export function shapeText(shape: Sizes | null): string {
  return shape === null ? '?' : `[${shape.join(', ')}]`;
}

export function placeText(place: Place | null): string {
  return place === null ? '' : `${place.path}:${place.line}`;
}

/** `4 parameters, 9,610 values`, where all sizes are numbers. */
export function countText(parameters: readonly { readonly shape: Sizes | null }[]): string {
  const total = parameters.reduce((sum, { shape }) => sum + countOf(shape), 0);
  const values = Number.isNaN(total) ? 'some sizes are symbols' : `${thousands(total)} values`;
  return `${counted(parameters.length, 'parameter')}, ${values}`;
}

function countOf(shape: Sizes | null): number {
  return shape === null ? Number.NaN : shape.reduce<number>((product, size) => product * Number(size), 1);
}
