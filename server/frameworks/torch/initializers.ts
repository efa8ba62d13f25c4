/** Every function of torch.nn.init: its signature, what it asks of the tensor, and the distribution that it draws. */
import type { Fans, InitSpec } from '../../../core/initializer.js';
import { fanOf } from '../../../core/initializer.js';
import { calculateGain } from '../../../core/nonlinearities.js';
import type { Size } from '../../../core/size.js';

/** Arguments after binding; absent where a value is not a plain one or not known. */
export type Plain = ReadonlyMap<string, number | string | boolean | null>;

export interface Subject {
  readonly shape: readonly (Size | undefined)[] | undefined;
  readonly fans: Fans | undefined;
}

/** What torch asks of its generator, with the arguments in torch's own arithmetic. */
export interface DrawRequest {
  readonly kind: 'uniform_' | 'normal_' | 'trunc_normal_' | 'sparse_' | 'orthogonal_';
  /** Undefined where an argument is not known. */
  readonly args: readonly (number | undefined)[];
}

export interface InitializerRow {
  readonly name: string;
  readonly signature: string;
  /** Parameters that came later than 1.13: name and version. */
  readonly added?: Readonly<Record<string, string>>;
  /** The rank that torch demands. */
  readonly rank?: 'fans' | 'matrix' | 'convolution' | 'at least two';
  readonly spec: (args: Plain, subject: Subject) => InitSpec;
  /** Absent for what draws nothing. */
  readonly draw?: (args: Plain, subject: Subject) => DrawRequest;
}

const generator = { generator: '2.2' };

const number = (args: Plain, name: string): number | undefined => {
  const value = args.get(name);
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' ? value : undefined;
};

const word = (args: Plain, name: string): string | undefined => {
  const value = args.get(name);
  return typeof value === 'string' ? value : undefined;
};

export const modeOf = (args: Plain): 'fan_in' | 'fan_out' | undefined => {
  const mode = word(args, 'mode')?.toLowerCase();
  return mode === 'fan_in' || mode === 'fan_out' ? mode : undefined;
};

/** The gain that a Kaiming call asks for: torch passes `a` on to calculate_gain, which ignores it but for leaky_relu. */
export function kaimingGain(args: Plain): number | undefined {
  const nonlinearity = word(args, 'nonlinearity');
  if (nonlinearity === undefined) return undefined;
  const slope = number(args, 'a');
  if (nonlinearity === 'leaky_relu' && slope === undefined) return undefined;
  return calculateGain(nonlinearity, slope);
}

const timesRoot = (factor: number | undefined, root: number): number | undefined =>
  factor === undefined ? undefined : factor * root;

/** std = gain·√(2/(fan_in + fan_out)) */
function xavierStd(args: Plain, { fans }: Subject): number | undefined {
  const mean = fans && fanOf('fan_avg', fans);
  const gain = number(args, 'gain');
  if (mean === undefined || gain === undefined) return undefined;
  return gain * Math.sqrt(2 / (mean * 2));
}

/** std = gain/√fan */
function kaimingStd(args: Plain, { fans }: Subject): number | undefined {
  const mode = modeOf(args);
  const fan = fans && mode && fanOf(mode, fans);
  const gain = kaimingGain(args);
  return fan === undefined || gain === undefined ? undefined : gain / Math.sqrt(fan);
}

function uniformOfStd(std: number | undefined): DrawRequest {
  const bound = timesRoot(std, Math.sqrt(3));
  return { kind: 'uniform_', args: [bound === undefined ? undefined : -bound, bound] };
}

function kaimingSpec(args: Plain, distribution: 'uniform' | 'normal'): InitSpec {
  const mode = modeOf(args);
  if (mode === undefined) return { kind: 'unknown', reason: 'the mode is not known' };
  return { kind: 'variance_scaling', gain: kaimingGain(args), mode, distribution, name: 'kaiming' };
}

const xavierSpec = (args: Plain, distribution: 'uniform' | 'normal'): InitSpec => ({
  kind: 'variance_scaling',
  gain: number(args, 'gain'),
  mode: 'fan_avg',
  distribution,
  name: 'xavier',
});

const kaimingSignature = "tensor, a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None";

export const initializers: readonly InitializerRow[] = [
  {
    name: 'uniform_',
    signature: 'tensor, a=0.0, b=1.0, generator=None',
    added: generator,
    spec: args => ({ kind: 'uniform', low: number(args, 'a'), high: number(args, 'b') }),
    draw: args => ({ kind: 'uniform_', args: [number(args, 'a'), number(args, 'b')] }),
  },
  {
    name: 'normal_',
    signature: 'tensor, mean=0.0, std=1.0, generator=None',
    added: generator,
    spec: args => ({ kind: 'normal', mean: number(args, 'mean'), std: number(args, 'std') }),
    draw: args => ({ kind: 'normal_', args: [number(args, 'mean'), number(args, 'std')] }),
  },
  {
    name: 'trunc_normal_',
    signature: 'tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None',
    added: generator,
    spec: args => ({
      kind: 'truncated_normal',
      mean: number(args, 'mean'),
      std: number(args, 'std'),
      low: number(args, 'a'),
      high: number(args, 'b'),
    }),
    draw: args => ({ kind: 'trunc_normal_', args: ['mean', 'std', 'a', 'b'].map(it => number(args, it)) }),
  },
  {
    name: 'constant_',
    signature: 'tensor, val',
    spec: args => ({ kind: 'constant', value: number(args, 'val') }),
  },
  { name: 'ones_', signature: 'tensor', spec: () => ({ kind: 'constant', value: 1 }) },
  { name: 'zeros_', signature: 'tensor', spec: () => ({ kind: 'constant', value: 0 }) },
  { name: 'eye_', signature: 'tensor', rank: 'matrix', spec: () => ({ kind: 'identity', gain: 1 }) },
  {
    name: 'dirac_',
    signature: 'tensor, groups=1',
    rank: 'convolution',
    spec: args => ({ kind: 'dirac', groups: number(args, 'groups') }),
  },
  {
    name: 'xavier_uniform_',
    signature: 'tensor, gain=1.0, generator=None',
    added: generator,
    rank: 'fans',
    spec: args => xavierSpec(args, 'uniform'),
    draw: (args, subject) => uniformOfStd(xavierStd(args, subject)),
  },
  {
    name: 'xavier_normal_',
    signature: 'tensor, gain=1.0, generator=None',
    added: generator,
    rank: 'fans',
    spec: args => xavierSpec(args, 'normal'),
    draw: (args, subject) => ({ kind: 'normal_', args: [0, xavierStd(args, subject)] }),
  },
  {
    name: 'kaiming_uniform_',
    signature: kaimingSignature,
    added: generator,
    rank: 'fans',
    spec: args => kaimingSpec(args, 'uniform'),
    draw: (args, subject) => uniformOfStd(kaimingStd(args, subject)),
  },
  {
    name: 'kaiming_normal_',
    signature: kaimingSignature,
    added: generator,
    rank: 'fans',
    spec: args => kaimingSpec(args, 'normal'),
    draw: (args, subject) => ({ kind: 'normal_', args: [0, kaimingStd(args, subject)] }),
  },
  {
    name: 'orthogonal_',
    signature: 'tensor, gain=1, generator=None',
    added: generator,
    rank: 'at least two',
    spec: args => ({ kind: 'orthogonal', gain: number(args, 'gain') }),
    draw: args => ({ kind: 'orthogonal_', args: [number(args, 'gain')] }),
  },
  {
    name: 'sparse_',
    signature: 'tensor, sparsity, std=0.01, generator=None',
    added: generator,
    rank: 'matrix',
    spec: args => ({ kind: 'sparse', sparsity: number(args, 'sparsity'), std: number(args, 'std') }),
    draw: args => ({ kind: 'sparse_', args: [number(args, 'sparsity'), number(args, 'std')] }),
  },
];

export const initializerNamed: ReadonlyMap<string, InitializerRow> = new Map(initializers.map(row => [row.name, row]));

/** Old names that still work, with a warning: `normal` for `normal_`. */
export const deprecatedInitializers: readonly string[] = [
  'uniform',
  'normal',
  'constant',
  'eye',
  'dirac',
  'xavier_uniform',
  'xavier_normal',
  'kaiming_uniform',
  'kaiming_normal',
  'orthogonal',
  'sparse',
];

/** Names that people write although torch never had them. */
export const suggestionFor = (name: string): string | undefined =>
  initializerNamed.has(`${name}_`) ? `${name}_` : similar[name.replace(/_$/, '')];

const similar: Readonly<Record<string, string>> = {
  zero: 'zeros_',
  one: 'ones_',
  const: 'constant_',
  fill: 'constant_',
  glorot_uniform: 'xavier_uniform_',
  glorot_normal: 'xavier_normal_',
  he_uniform: 'kaiming_uniform_',
  he_normal: 'kaiming_normal_',
  truncated_normal: 'trunc_normal_',
  identity: 'eye_',
};

export const isRankRight = (rank: NonNullable<InitializerRow['rank']>, actual: number): boolean => {
  switch (rank) {
    case 'fans':
    case 'at least two':
      return actual >= 2;
    case 'matrix':
      return actual === 2;
    case 'convolution':
      return actual >= 3 && actual <= 5;
  }
};

/** As torch words it. */
export const rankMessage: Readonly<Record<NonNullable<InitializerRow['rank']>, string>> = {
  fans: 'Fan in and fan out can not be computed for tensor with fewer than 2 dimensions',
  matrix: 'Only tensors with 2 dimensions are supported',
  convolution: 'Only tensors with 3, 4, or 5 dimensions are supported',
  'at least two': 'Only tensors with 2 or more dimensions are supported',
};
