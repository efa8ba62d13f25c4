/** The sizes that a weight's scale was computed from, and where the code reads them. */
import { equalSizes } from '../../../core/size.js';
import type { Parameter, PowerOfSize, SizeRead, Write } from '../parameters.js';

/** The std or the bound of a draw as a power of a size; undefined where it was not computed from one. */
export function scaleOf({ call, spec, powers }: Write): PowerOfSize | undefined {
  const names = spec.kind === 'uniform' ? ['b', 'to'] : ['std'];
  const isDrawn = spec.kind === 'uniform' || spec.kind === 'normal' || spec.kind === 'truncated_normal';
  if (!isDrawn) return undefined;
  const power = call?.args.find(it => names.includes(it.name))?.power ?? powers?.get('std');
  return power?.exponent === 1 ? undefined : power;
}

/** The size in a scale of the form c/√n. */
export function fanOfScale(write: Write): PowerOfSize['base'] | undefined {
  const power = scaleOf(write);
  return power !== undefined && Math.abs(power.exponent + 0.5) < 1e-9 ? power.base : undefined;
}

/** Where the size was read off the parameter before the write. */
export function readBefore(
  { sizeReads, shape }: Parameter,
  size: PowerOfSize['base'],
  write: Write,
): SizeRead | undefined {
  const isOfSize = ({ axis }: SizeRead) => shape?.[axis] !== undefined && equalSizes(shape[axis]!, size);
  return sizeReads?.findLast(it => it.order < write.order && isOfSize(it));
}
