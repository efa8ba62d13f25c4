/** The variance that an initializer gives, as its formula and its number: they are often taught wrongly. */
import { number } from '../../../core/describe-spec.js';
import { type InitSpec, type VarianceScaling, varianceOf } from '../../../core/initializer.js';
import type { Parameter, Write } from '../../model/parameters.js';

/** `2/(fan_in + fan_out) = 0.00252`; undefined where there is none to tell. */
export function varianceText({ spec, fans }: Write, { shape }: Parameter): string | undefined {
  const formula = formulaOf(spec);
  const variance = varianceOf(spec, fans, shape);
  if (formula === undefined) return undefined;
  const value = variance === undefined ? '' : ` = ${precise(variance)}`;
  const remark = isXavier(spec) ? ', not 1/n' : '';
  return `${formula}${value}${remark}`;
}

function formulaOf(spec: InitSpec): string | undefined {
  if (spec.kind === 'orthogonal') return `${factor(spec.gain)}1/max(rows, columns)`.replace('·1/', '/');
  return spec.kind === 'variance_scaling' ? scalingFormula(spec) : undefined;
}

function scalingFormula({ gain, mode }: VarianceScaling): string {
  const square = gain === undefined ? undefined : gain * gain;
  if (mode === 'fan_avg')
    return square === undefined ? 'gain²·2/(fan_in + fan_out)' : `${number(2 * square)}/(fan_in + fan_out)`;
  return square === undefined ? `gain²/${mode}` : `${number(square)}/${mode}`;
}

function factor(gain: number | undefined): string {
  if (gain === undefined) return 'gain²·';
  return gain === 1 ? '' : `${number(gain * gain)}·`;
}

function isXavier(spec: InitSpec): boolean {
  return spec.kind === 'variance_scaling' && spec.mode === 'fan_avg';
}

function precise(value: number): string {
  return String(Number(value.toPrecision(3)));
}
