/** Whether the uses of a class tell the axes of its matrices apart. */
import { equalSizes } from '../../../core/size.js';
import type { Model } from '../model.js';
import type { Parameter } from '../parameters.js';

/** Names of classes that make matrices themselves, and of none of which the axes are known to differ. */
export function vagueClassesIn({ modules }: Model): readonly string[] {
  return modules
    .filter(it => it.layer === undefined && it.parameters.some(isVague) && !it.parameters.some(isClear))
    .map(it => it.className);
}

function isVague({ kind, certain, fans, shape }: Parameter): boolean {
  if (SHARED.has(kind) || (shape?.length ?? 2) < 2) return false;
  if (!certain || hasAlikeAxes(shape)) return true;
  const [first, second] = fans === undefined ? (shape ?? []) : [fans.fanIn, fans.fanOut];
  return first !== undefined && second !== undefined && equalSizes(first, second);
}

const isClear = ({ fans, certain, shape }: Parameter) =>
  certain && fans !== undefined && !hasAlikeAxes(shape) && !equalSizes(fans.fanIn, fans.fanOut);

/** Then the same sizes are summed over, whichever of them it is; a third axis, of taps or heads, makes the fans differ. */
const hasAlikeAxes = (shape: Parameter['shape']): boolean =>
  shape?.some((size, axis) => shape.slice(axis + 1).some(it => equalSizes(it, size))) ?? false;

/** Looked up, added, or as large as the state is. */
const SHARED: ReadonlySet<string> = new Set(['embedding', 'token', 'bias', 'recurrent']);
