/** Pooling, padding, resizing and reshaping layers: no weights. */
import type { LayerRow } from './row.js';

type Short = readonly [name: string, signature: string, attributes: string, forward: string, takes?: string];

const fixed: readonly Short[] = [
  [
    'FractionalMaxPool2d',
    'kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None',
    'kernel_size=ntuple(kernel_size, 2), return_indices, output_size=None if output_size is None else ntuple(output_size, 2), output_ratio=None if output_ratio is None else ntuple(output_ratio, 2)',
    'fractional_max_pool2d(input, self.kernel_size, self.output_size, self.output_ratio, self.return_indices)',
  ],
  [
    'FractionalMaxPool3d',
    'kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None',
    'kernel_size=ntuple(kernel_size, 3), return_indices, output_size=None if output_size is None else ntuple(output_size, 3), output_ratio=None if output_ratio is None else ntuple(output_ratio, 3)',
    'fractional_max_pool3d(input, self.kernel_size, self.output_size, self.output_ratio, self.return_indices)',
  ],
];

const pooling = (n: number): readonly Short[] => [
  [
    `MaxPool${n}d`,
    'kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False',
    'kernel_size, stride=kernel_size if stride is None else stride, padding, dilation, return_indices, ceil_mode',
    `max_pool${n}d(input, self.kernel_size, self.stride, self.padding, self.dilation, ceil_mode=self.ceil_mode, return_indices=self.return_indices)`,
  ],
  [
    `MaxUnpool${n}d`,
    'kernel_size, stride=None, padding=0',
    `kernel_size=ntuple(kernel_size, ${n}), stride=ntuple(kernel_size if stride is None else stride, ${n}), padding=ntuple(padding, ${n})`,
    `max_unpool${n}d(input, indices, self.kernel_size, self.stride, self.padding, output_size)`,
    'input, indices, output_size=None',
  ],
  n === 1
    ? [
        'AvgPool1d',
        'kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True',
        'kernel_size=ntuple(kernel_size, 1), stride=ntuple(kernel_size if stride is None else stride, 1), padding=ntuple(padding, 1), ceil_mode, count_include_pad',
        'avg_pool1d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad)',
      ]
    : [
        `AvgPool${n}d`,
        'kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None',
        'kernel_size, stride=kernel_size if stride is None else stride, padding, ceil_mode, count_include_pad, divisor_override',
        `avg_pool${n}d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad, self.divisor_override)`,
      ],
  [`AdaptiveAvgPool${n}d`, 'output_size', 'output_size', `adaptive_avg_pool${n}d(input, self.output_size)`],
  [
    `AdaptiveMaxPool${n}d`,
    'output_size, return_indices=False',
    'output_size, return_indices',
    `adaptive_max_pool${n}d(input, self.output_size, self.return_indices)`,
  ],
  [
    `LPPool${n}d`,
    'norm_type, kernel_size, stride=None, ceil_mode=False',
    'norm_type, kernel_size, stride, ceil_mode',
    `lp_pool${n}d(input, self.norm_type, self.kernel_size, self.stride, self.ceil_mode)`,
  ],
];

const padding = (n: number): readonly Short[] => [
  [
    `ConstantPad${n}d`,
    'padding, value',
    `padding=ntuple(padding, ${2 * n}), value`,
    "pad(input, self.padding, 'constant', self.value)",
  ],
  [`ReflectionPad${n}d`, 'padding', `padding=ntuple(padding, ${2 * n})`, "pad(input, self.padding, 'reflect')"],
  [`ReplicationPad${n}d`, 'padding', `padding=ntuple(padding, ${2 * n})`, "pad(input, self.padding, 'replicate')"],
  [
    `ZeroPad${n}d`,
    'padding',
    `padding=ntuple(padding, ${2 * n}), value=0.0`,
    "pad(input, self.padding, 'constant', self.value)",
  ],
  [`CircularPad${n}d`, 'padding', `padding=ntuple(padding, ${2 * n})`, "pad(input, self.padding, 'circular')"],
];

const addedLater: Readonly<Record<string, string>> = {
  LPPool3d: '2.3',
  ZeroPad1d: '2.1',
  ZeroPad3d: '2.1',
  CircularPad1d: '2.1',
  CircularPad2d: '2.1',
  CircularPad3d: '2.1',
};

const reshaping: readonly (readonly [file: string, ...Short])[] = [
  [
    'flatten',
    'Flatten',
    'start_dim=1, end_dim=-1',
    'start_dim, end_dim',
    'input.flatten(self.start_dim, self.end_dim)',
  ],
  [
    'flatten',
    'Unflatten',
    'dim, unflattened_size',
    'dim, unflattened_size',
    'input.unflatten(self.dim, self.unflattened_size)',
  ],
  [
    'fold',
    'Fold',
    'output_size, kernel_size, dilation=1, padding=0, stride=1',
    'output_size, kernel_size, dilation, padding, stride',
    'fold(input, self.output_size, self.kernel_size, self.dilation, self.padding, self.stride)',
  ],
  [
    'fold',
    'Unfold',
    'kernel_size, dilation=1, padding=0, stride=1',
    'kernel_size, dilation, padding, stride',
    'unfold(input, self.kernel_size, self.dilation, self.padding, self.stride)',
  ],
  ['pixelshuffle', 'PixelShuffle', 'upscale_factor', 'upscale_factor', 'pixel_shuffle(input, self.upscale_factor)'],
  [
    'pixelshuffle',
    'PixelUnshuffle',
    'downscale_factor',
    'downscale_factor',
    'pixel_unshuffle(input, self.downscale_factor)',
  ],
  ['channelshuffle', 'ChannelShuffle', 'groups', 'groups', 'channel_shuffle(input, self.groups)'],
  [
    'upsampling',
    'Upsample',
    "size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None",
    "name='Upsample', size, scale_factor, mode, align_corners, recompute_scale_factor",
    'interpolate(input, self.size, self.scale_factor, self.mode, self.align_corners)',
  ],
  [
    'distance',
    'CosineSimilarity',
    'dim=1, eps=1e-08',
    'dim, eps',
    'cosine_similarity(x1, x2, self.dim, self.eps)',
    'x1, x2',
  ],
  [
    'distance',
    'PairwiseDistance',
    'p=2.0, eps=1e-06, keepdim=False',
    'norm=p, eps, keepdim',
    'pairwise_distance(x1, x2, self.norm, self.eps, self.keepdim)',
    'x1, x2',
  ],
];

const upsampling = (name: string, mode: string, corners: string): LayerRow => ({
  name,
  file: 'upsampling',
  base: 'Upsample',
  signature: 'size=None, scale_factor=None',
  role: 'other',
  attributes: `name='${name}', size, scale_factor, mode='${mode}', align_corners=${corners}, recompute_scale_factor=None`,
  forward: 'interpolate(input, self.size, self.scale_factor, self.mode, self.align_corners)',
});

/** Their common ancestors, which `isinstance` asks for. */
const families = [
  'MaxPool',
  'MaxUnpool',
  'AvgPool',
  'AdaptiveAvgPool',
  'AdaptiveMaxPool',
  'LPPool',
  'ConstantPad',
  'ReflectionPad',
  'ReplicationPad',
  'CircularPad',
];

function baseOf(name: string): string | undefined {
  if (name.startsWith('ZeroPad')) return name.replace('Zero', 'Constant');
  const family = families.find(it => name.startsWith(it));
  return family && `_${family}Nd`;
}

const row = (
  file: string,
  role: NonNullable<LayerRow['role']>,
  [name, signature, attributes, forward, takes]: Short,
): LayerRow => ({
  name,
  file,
  ...(baseOf(name) && { base: baseOf(name)! }),
  signature,
  role,
  attributes,
  forward,
  ...(takes && { takes }),
  ...(addedLater[name] && { since: addedLater[name] }),
});

const dimensions = [1, 2, 3];

export const pools: readonly LayerRow[] = [
  ...fixed.map(it => row('pooling', 'pool', it)),
  ...dimensions.flatMap(pooling).map(it => row('pooling', 'pool', it)),
  ...dimensions.flatMap(padding).map(it => row('padding', 'other', it)),
  ...reshaping.map(([file, ...it]) => row(file, 'other', it)),
  upsampling('UpsamplingNearest2d', 'nearest', 'None'),
  upsampling('UpsamplingBilinear2d', 'bilinear', 'True'),
];
