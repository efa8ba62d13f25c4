/** Specifications as the field writes them: `U(−0.0357, 0.0357)`, `N(0, 0.01²)`. */
import type { Fans } from './fans.js';
import type { InitSpec, VarianceScaling } from './init-spec.js';
import { resolved } from './spec-moments.js';

/** With fans a variance-scaling spec is spelled in numbers; an unknown number is `?`. */
export function describeSpec(spec: InitSpec, fans?: Fans): string {
  const drawn = resolved(spec, fans);
  switch (drawn.kind) {
    case 'constant':
      return number(drawn.value);
    case 'uniform':
      return `U(${number(drawn.low)}, ${number(drawn.high)})`;
    case 'normal':
      return normal(drawn.mean, drawn.std);
    case 'truncated_normal':
      return `${normal(drawn.mean, drawn.std)} cut to [${number(drawn.low)}, ${number(drawn.high)}]`;
    case 'variance_scaling':
      return describeScaling(drawn);
    case 'orthogonal':
    case 'identity':
      return withGain(drawn.kind, drawn.gain);
    case 'dirac':
      return drawn.groups === undefined || drawn.groups === 1 ? 'dirac' : `dirac in ${drawn.groups} groups`;
    case 'sparse':
      return `${normal(0, drawn.std)}, ${percent(drawn.sparsity)} of each column zero`;
    case 'copy':
      return drawn.of === undefined ? 'a copy' : `a copy of ${drawn.of}`;
    case 'data':
      return `given values, mean ${number(drawn.mean)}, std ${number(drawn.std)}`;
    case 'unknown':
      return `unknown (${drawn.reason})`;
  }
}

/** Three significant digits, a true minus sign, `?` for what is not known. */
export function number(value: number | undefined): string {
  if (value === undefined) return '?';
  const rounded = Number.isInteger(value) ? value + 0 : Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  const isPlain = size === 0 || size === Infinity || (size >= 1e-4 && size < 1e6);
  const text = isPlain ? String(rounded) : rounded.toExponential();
  return text.replaceAll('-', '−').replace('e+', 'e');
}

function normal(mean: number | undefined, std: number | undefined): string {
  return `N(${number(mean)}, ${number(std)}²)`;
}

function describeScaling({ name, mode, distribution, gain }: VarianceScaling): string {
  const scheme = name === undefined ? 'variance scaling' : SCHEMES[name];
  return `${withGain(`${scheme} ${distribution.replace('_', ' ')}`, gain)} by ${mode}`;
}

const SCHEMES = { xavier: 'Xavier', kaiming: 'Kaiming', lecun: 'LeCun' } as const;

function withGain(text: string, gain: number | undefined): string {
  return gain === 1 ? text : `${text}, gain ${number(gain)}`;
}

function percent(share: number | undefined): string {
  return share === undefined ? '?' : `${number(share * 100)} %`;
}
