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

function isVague(parameter: Parameter): boolean {
  return !isShared(parameter) && (!parameter.certain || hasAlikeAxes(parameter.shape) || hasEvenSides(parameter));
}

/** Names of those of which all known uses have the same size on either side, where no axis can be the wrong one. */
export function evenClassesIn(models: readonly Model[]): readonly string[] {
  const matrices = models.flatMap(it => it.modules).filter(it => it.layer === undefined);
  const made = matrices.flatMap(({ className, parameters }) =>
    parameters.filter(it => !isShared(it)).map(parameter => ({ className, parameter })),
  );
  const uneven = new Set(made.filter(({ parameter }) => !hasEvenSides(parameter)).map(it => it.className));
  return [...new Set(made.map(it => it.className))].filter(it => !uneven.has(it));
}

const isShared = ({ kind, shape }: Parameter): boolean => SHARED.has(kind) || (shape?.length ?? 2) < 2;

function hasEvenSides({ fans, shape }: Parameter): boolean {
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
