/** Convolutions of one to three dimensions, transposed and lazy ones among them. */
import type { LayerRow, ParameterRow, Refusal } from './row.js';

const bias: ParameterRow = {
  name: 'bias',
  kind: 'bias',
  shape: '(out_channels,)',
  when: 'bias',
  start: 'fan_in_uniform',
};

const forwardWeight = (kernel: string): ParameterRow => ({
  name: 'weight',
  kind: 'weight',
  shape: `(out_channels, in_channels // groups, *${kernel})`,
  start: 'kaiming_uniform',
  fans: `in_channels // groups * product(${kernel}), out_channels // groups * product(${kernel})`,
});

/** An input reaches out·kernel/groups outputs; an output hears of in·kernel/groups inputs, one in stride. */
const transposedWeight = (kernel: string, stride: string): ParameterRow => ({
  name: 'weight',
  kind: 'weight',
  shape: `(in_channels, out_channels // groups, *${kernel})`,
  start: 'kaiming_uniform',
  fans: `in_channels // groups * product(${kernel}) // product(${stride}), out_channels // groups * product(${kernel})`,
});

const rest = "groups=1, bias=True, padding_mode='zeros', device=None, dtype=None";

const groups: readonly Refusal[] = ['in_channels', 'out_channels'].map(it => ({
  when: `${it} % groups != 0`,
  exception: 'ValueError',
  message: `${it} must be divisible by groups`,
}));

const paddings: readonly Refusal[] = [
  {
    when: "is_word(padding) and padding not in ('same', 'valid')",
    exception: 'ValueError',
    message: "Invalid padding string '{padding}', should be one of {'same', 'valid'}",
  },
  {
    when: "padding == 'same' and product(ntuple(stride, 1)) != 1",
    exception: 'ValueError',
    message: "padding='same' is not supported for strided convolutions",
  },
  {
    when: "padding_mode not in ('zeros', 'reflect', 'replicate', 'circular')",
    exception: 'ValueError',
    message:
      "padding_mode must be one of {'zeros', 'reflect', 'replicate', 'circular'}, but got padding_mode='{padding_mode}'",
  },
];

const zerosAlone = (name: string): Refusal => ({
  when: "padding_mode != 'zeros'",
  exception: 'ValueError',
  message: `Only "zeros" padding mode is supported for ${name}`,
});

function convolution(n: number): LayerRow {
  const kernel = `ntuple(kernel_size, ${n})`;
  return {
    name: `Conv${n}d`,
    file: 'conv',
    base: '_ConvNd',
    signature: `in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, ${rest}`,
    role: 'convolution',
    refuses: [...groups, ...paddings],
    attributes:
      `in_channels, out_channels, kernel_size=${kernel}, stride=ntuple(stride, ${n}), ` +
      `padding=ntuple(padding, ${n}), dilation=ntuple(dilation, ${n}), transposed=False, ` +
      `output_padding=ntuple(0, ${n}), groups, padding_mode`,
    parameters: [forwardWeight(kernel), bias],
    forward: 'self._conv_forward(input, self.weight, self.bias)',
  };
}

function transposed(n: number): LayerRow {
  const kernel = `ntuple(kernel_size, ${n})`;
  const stride = `ntuple(stride, ${n})`;
  return {
    name: `ConvTranspose${n}d`,
    file: 'conv',
    base: '_ConvTransposeNd',
    signature:
      'in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, ' +
      "bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None",
    role: 'transposed_convolution',
    refuses: [zerosAlone(`ConvTranspose${n}d`), ...groups],
    attributes:
      `in_channels, out_channels, kernel_size=${kernel}, stride=${stride}, ` +
      `padding=ntuple(padding, ${n}), dilation=ntuple(dilation, ${n}), transposed=True, ` +
      `output_padding=ntuple(output_padding, ${n}), groups, padding_mode`,
    parameters: [transposedWeight(kernel, stride), bias],
    takes: 'input, output_size=None',
    forward:
      `conv_transpose${n}d(input, self.weight, self.bias, self.stride, self.padding, self.output_padding, ` +
      'self.groups, self.dilation)',
  };
}

/** The same layer, whose number of inputs the first of them tells. */
function lazily(row: LayerRow): LayerRow {
  return {
    ...row,
    name: `Lazy${row.name}`,
    base: row.name,
    signature: row.signature.replace('in_channels, ', ''),
    attributes: row.attributes!.replace('in_channels', 'in_channels=0'),
    lazy: { argument: 'in_channels', axis: 1 },
  };
}

/** Written by users who derive a convolution of their own: every argument is given, tuples among them. */
function baseOfConvolutions(name: string, base?: string): LayerRow {
  return {
    name,
    file: 'conv',
    ...(base && { base }),
    signature:
      'in_channels, out_channels, kernel_size, stride, padding, dilation, transposed, output_padding, groups, bias, padding_mode, device=None, dtype=None',
    role: 'convolution',
    refuses: groups,
    attributes:
      'in_channels, out_channels, kernel_size, stride, padding, dilation, transposed, output_padding, groups, padding_mode',
    parameters: [
      {
        name: 'weight',
        kind: 'weight',
        shape:
          '(in_channels, out_channels // groups, *kernel_size) if transposed else (out_channels, in_channels // groups, *kernel_size)',
        start: 'kaiming_uniform',
        fans: 'in_channels // groups * product(kernel_size), out_channels // groups * product(kernel_size)',
      },
      bias,
    ],
  };
}

const dimensions = [1, 2, 3];

export const convolutions: readonly LayerRow[] = [
  baseOfConvolutions('_ConvNd'),
  baseOfConvolutions('_ConvTransposeNd', '_ConvNd'),
  ...dimensions.map(convolution),
  ...dimensions.map(transposed),
  ...dimensions.map(n => lazily(convolution(n))),
  ...dimensions.map(n => lazily(transposed(n))),
];
