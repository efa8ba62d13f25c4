/** The rows of `model`'s table, as plain data. */
import { format, isKnown, type Size } from '../../../core/size.js';
import { startNumbersOf } from '../../features/numbers.js';
import { describeStart } from '../../features/start-text.js';
import type { Model, Parameter, Reason, Write } from '../../target.js';
import type { Site } from '../../text/span.js';

/** A size is a number or a formula. */
export type Sizes = readonly (number | string)[];

/** Names as in JSON; null is what is not known, or has no meaning. */
export interface ParameterRow {
  readonly name: string;
  readonly shape: Sizes | null;
  readonly initializer: string;
  readonly distribution: string | null;
  readonly fan_in: number | string | null;
  readonly fan_out: number | string | null;
  readonly gain: number | null;
  readonly mean: number | null;
  readonly std: number | null;
  readonly site: Place | null;
  /** Why its values are not known. */
  readonly reason?: string;
}

export interface Place {
  readonly path: string;
  readonly line: number;
}

export interface ModelTable {
  readonly model: string;
  readonly class: string;
  readonly parameters: readonly ParameterRow[];
  readonly unknowns: readonly { readonly message: string; readonly site: Place | null }[];
}

export function tableOf(target: string, model: Model, placeOf: (site: Site) => Place): ModelTable {
  return {
    model: target,
    class: model.className,
    parameters: model.parameters.map(it => rowOf(it, placeOf)),
    unknowns: model.unknowns.map(it => reasonOf(it, placeOf)),
  };
}

function rowOf(parameter: Parameter, placeOf: (site: Site) => Place): ParameterRow {
  const { write, spec, fans, gain, mean, std } = startNumbersOf(parameter);
  return {
    name: parameter.name,
    shape: sizesOf(parameter),
    initializer: initializerOf(parameter, write),
    distribution: spec === undefined ? null : describeStart(spec, write),
    fan_in: fans === undefined ? null : sizeText(fans.fanIn),
    fan_out: fans === undefined ? null : sizeText(fans.fanOut),
    gain: gain ?? null,
    mean: mean ?? null,
    std: std ?? null,
    site: write === undefined ? null : placeOf(write.site),
    ...(spec?.kind === 'unknown' && { reason: spec.reason }),
  };
}

export function sizesOf({ shape }: Parameter): Sizes | null {
  return shape?.map(sizeText) ?? null;
}

function initializerOf({ uninitialized }: Parameter, write: Write | undefined): string {
  if (write === undefined) return uninitialized ? 'raw memory' : 'unknown';
  return write.origin === 'default' ? `${write.initializer} (default)` : write.initializer;
}

function reasonOf({ message, site }: Reason, placeOf: (site: Site) => Place) {
  return { message, site: site === undefined ? null : placeOf(site) };
}

function sizeText(size: Size): number | string {
  return isKnown(size) ? size : format(size);
}
