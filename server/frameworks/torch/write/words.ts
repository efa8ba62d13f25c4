/** Words a specification as a call of torch.nn.init. */
import type { InitSpec, VarianceScaling } from '../../../../core/initializer.js';
import { calculateGain } from '../../../../core/nonlinearities.js';
import type { File } from './file.js';
import { spell } from './imports.js';
import { numeral } from './literals.js';
import type { Reinitialize } from './reinitialize.js';

/** What words need of an intent: the call that is replaced shows how the file spells its initializers. */
export type Wanted = Pick<Reinitialize, 'spec' | 'nonlinearity'> & { readonly call?: { readonly written: string } };

export interface Worded {
  readonly name: string;
  /** Arguments after the tensor. */
  readonly args: readonly string[];
}

/** `tensor` is the tensor's text, for what must be computed from its shape. */
export function wordsFor(file: File, intent: Wanted, tensor: string | undefined): Worded | undefined {
  const { spec } = intent;
  switch (spec.kind) {
    case 'constant':
      return constant(spec.value);
    case 'uniform':
      return spec.low === undefined || spec.high === undefined
        ? undefined
        : { name: 'uniform_', args: [numeral(spec.low), numeral(spec.high)] };
    case 'normal':
      return spec.std === undefined ? undefined : { name: 'normal_', args: ofNormal(spec.mean ?? 0, spec.std) };
    case 'truncated_normal':
      return truncated(spec);
    case 'variance_scaling':
      return spec.mode === 'fan_avg' ? xavier(file, intent, spec) : kaiming(file, intent, spec, tensor);
    case 'orthogonal':
      return spec.gain === undefined ? undefined : { name: 'orthogonal_', args: gainArgument(file, intent, spec.gain) };
    case 'identity':
      return { name: 'eye_', args: [] };
    case 'dirac':
      return { name: 'dirac_', args: spec.groups === undefined || spec.groups === 1 ? [] : [`groups=${spec.groups}`] };
    case 'sparse':
      return sparse(spec);
    case 'copy':
    case 'data':
    case 'unknown':
      return undefined;
  }
}

function constant(value: number | undefined): Worded | undefined {
  if (value === undefined) return undefined;
  if (value === 0) return { name: 'zeros_', args: [] };
  return value === 1 ? { name: 'ones_', args: [] } : { name: 'constant_', args: [numeral(value)] };
}

const ofNormal = (mean: number, std: number): readonly string[] =>
  mean === 0 ? [`std=${numeral(std)}`] : [`mean=${numeral(mean)}`, `std=${numeral(std)}`];

function truncated({ mean = 0, std, low, high }: InitSpec & { kind: 'truncated_normal' }): Worded | undefined {
  if (std === undefined || low === undefined || high === undefined) return undefined;
  const bounds = low === -2 && high === 2 ? [] : [`a=${numeral(low)}`, `b=${numeral(high)}`];
  return { name: 'trunc_normal_', args: [...ofNormal(mean, std), ...bounds] };
}

function sparse({ sparsity, std }: InitSpec & { kind: 'sparse' }): Worded | undefined {
  if (sparsity === undefined) return undefined;
  const spread = std === undefined || std === 0.01 ? [] : [`std=${numeral(std)}`];
  return { name: 'sparse_', args: [`sparsity=${numeral(sparsity)}`, ...spread] };
}

function xavier(file: File, intent: Wanted, spec: VarianceScaling): Worded | undefined {
  if (spec.gain === undefined || spec.distribution === 'truncated_normal') return undefined;
  return { name: `xavier_${spec.distribution}_`, args: gainArgument(file, intent, spec.gain) };
}

/** The gain by the name of its nonlinearity, where torch has one for it. */
function gainArgument(file: File, { nonlinearity, call }: Wanted, gain: number): readonly string[] {
  if (gain === 1) return [];
  if (nonlinearity === undefined || !isClose(calculateGain(nonlinearity.name, nonlinearity.parameter), gain)) {
    return [`gain=${numeral(gain)}`];
  }
  const { text, edits } = spell(file, 'calculate_gain', call?.written);
  if (edits.length > 0) return [`gain=${numeral(gain)}`];
  const slope = nonlinearity.parameter === undefined ? '' : `, ${numeral(nonlinearity.parameter)}`;
  return [`gain=${text}(${file.quote(nonlinearity.name)}${slope})`];
}

function kaiming(
  file: File,
  { nonlinearity }: Wanted,
  { gain, mode, distribution }: VarianceScaling,
  tensor: string | undefined,
): Worded | undefined {
  if (gain === undefined || distribution === 'truncated_normal') return undefined;
  const name = `kaiming_${distribution}_`;
  const direction = mode === 'fan_out' ? [`mode=${file.quote('fan_out')}`] : [];
  const asked = nonlinearityArguments(file, nonlinearity, gain);
  if (asked !== undefined) {
    const [slope, ...rest] = asked;
    const isSlope = slope?.startsWith('a=');
    return { name, args: isSlope ? [slope!, ...direction, ...rest] : [...direction, ...asked] };
  }
  return mode === 'fan_in' && tensor !== undefined ? byFan(tensor, gain, distribution) : undefined;
}

function nonlinearityArguments(
  file: File,
  nonlinearity: Reinitialize['nonlinearity'],
  gain: number,
): readonly string[] | undefined {
  if (nonlinearity !== undefined && isClose(calculateGain(nonlinearity.name, nonlinearity.parameter), gain)) {
    if (nonlinearity.name === 'leaky_relu') return [`a=${numeral(nonlinearity.parameter ?? 0.01)}`];
    return [`nonlinearity=${file.quote(nonlinearity.name)}`];
  }
  const known = ['relu', 'linear', 'tanh', 'selu'].find(it => isClose(calculateGain(it), gain));
  return known === undefined ? undefined : [`nonlinearity=${file.quote(known)}`];
}

/** A gain that torch has no name for, such as GELU's: written out over the weight's own fan_in. */
function byFan(tensor: string, gain: number, distribution: 'uniform' | 'normal'): Worded {
  const fan = `${tensor}[0].numel() ** -0.5`;
  if (distribution === 'normal') return { name: 'normal_', args: [`std=${numeral(gain)} * ${fan}`] };
  const bound = `${numeral(gain * Math.sqrt(3))} * ${fan}`;
  return { name: 'uniform_', args: [`-${bound}`, bound] };
}

const isClose = (a: number | undefined, b: number): boolean => a !== undefined && Math.abs(a - b) < 1e-6 * Math.abs(b);
