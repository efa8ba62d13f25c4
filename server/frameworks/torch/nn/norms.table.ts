/** Normalization layers. */
import type { BufferRow, LayerRow, ParameterRow } from './row.js';

const scale = (shape: string, when: string): ParameterRow => ({
  name: 'weight',
  kind: 'scale',
  shape,
  when,
  start: 'ones',
});
const shift = (shape: string, when: string): ParameterRow => ({
  name: 'bias',
  kind: 'shift',
  shape,
  when,
  start: 'zeros',
});

const runningStatistics: readonly BufferRow[] = [
  { name: 'running_mean', shape: '(num_features,)', when: 'track_running_stats', value: 0 },
  { name: 'running_var', shape: '(num_features,)', when: 'track_running_stats', value: 1 },
  { name: 'num_batches_tracked', shape: '()', when: 'track_running_stats', value: 0, dtype: 'int64' },
];
const batchNormForward =
  'batch_norm(input, self.running_mean, self.running_var, self.weight, self.bias, self.training, self.momentum, self.eps)';
const instanceNormForward =
  'instance_norm(input, self.running_mean, self.running_var, self.weight, self.bias, self.training, self.momentum, self.eps)';

function overChannels(
  name: string,
  file: string,
  base: string | undefined,
  signature: string,
  forward: string,
): LayerRow {
  const lazy = name.startsWith('Lazy');
  return {
    name,
    file,
    ...(base && { base }),
    signature,
    role: 'norm',
    attributes: `num_features${lazy ? '=0' : ''}, eps, momentum, affine, track_running_stats`,
    parameters: [scale('(num_features,)', 'affine'), shift('(num_features,)', 'affine')],
    buffers: runningStatistics,
    forward,
    ...(lazy && { lazy: { argument: 'num_features', axis: 1 } }),
  };
}

const tail = (affine: string, track: string) =>
  `eps=1e-05, momentum=0.1, affine=${affine}, track_running_stats=${track}, device=None, dtype=None`;
const plain = (affine: string, track: string) => `num_features, ${tail(affine, track)}`;
const dimensions = [1, 2, 3];

export const norms: readonly LayerRow[] = [
  overChannels('_NormBase', 'batchnorm', undefined, plain('True', 'True'), batchNormForward),
  overChannels('_BatchNorm', 'batchnorm', '_NormBase', plain('True', 'True'), batchNormForward),
  overChannels('_InstanceNorm', 'instancenorm', '_NormBase', plain('False', 'False'), instanceNormForward),
  ...dimensions.flatMap(n => [
    overChannels(`BatchNorm${n}d`, 'batchnorm', '_BatchNorm', plain('True', 'True'), batchNormForward),
    overChannels(`LazyBatchNorm${n}d`, 'batchnorm', '_BatchNorm', tail('True', 'True'), batchNormForward),
    overChannels(`InstanceNorm${n}d`, 'instancenorm', '_InstanceNorm', plain('False', 'False'), instanceNormForward),
    overChannels(`LazyInstanceNorm${n}d`, 'instancenorm', '_InstanceNorm', tail('True', 'True'), instanceNormForward),
  ]),
  {
    ...overChannels('SyncBatchNorm', 'batchnorm', '_BatchNorm', '', batchNormForward),
    signature:
      'num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, process_group=None, device=None, dtype=None',
    attributes: 'num_features, eps, momentum, affine, track_running_stats, process_group',
  },
  {
    name: 'GroupNorm',
    file: 'normalization',
    signature: 'num_groups, num_channels, eps=1e-05, affine=True, device=None, dtype=None',
    role: 'norm',
    refuses: [
      {
        when: 'num_channels % num_groups != 0',
        exception: 'ValueError',
        message: 'num_channels must be divisible by num_groups',
      },
    ],
    attributes: 'num_groups, num_channels, eps, affine',
    parameters: [scale('(num_channels,)', 'affine'), shift('(num_channels,)', 'affine')],
    forward: 'group_norm(input, self.num_groups, self.weight, self.bias, self.eps)',
  },
  {
    name: 'LayerNorm',
    file: 'normalization',
    signature: 'normalized_shape, eps=1e-05, elementwise_affine=True, bias=True, device=None, dtype=None',
    added: { bias: '2.1' },
    role: 'norm',
    attributes: 'normalized_shape=ntuple(normalized_shape, 1), eps, elementwise_affine',
    parameters: [
      scale('ntuple(normalized_shape, 1)', 'elementwise_affine'),
      shift('ntuple(normalized_shape, 1)', 'elementwise_affine and bias'),
    ],
    forward: 'layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)',
  },
  {
    name: 'RMSNorm',
    file: 'normalization',
    since: '2.4',
    signature: 'normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None',
    role: 'norm',
    attributes: 'normalized_shape=ntuple(normalized_shape, 1), eps, elementwise_affine',
    parameters: [scale('ntuple(normalized_shape, 1)', 'elementwise_affine')],
    forward: 'rms_norm(input, self.normalized_shape, self.weight, self.eps)',
  },
  {
    name: 'LocalResponseNorm',
    file: 'normalization',
    signature: 'size, alpha=0.0001, beta=0.75, k=1.0',
    role: 'norm',
    attributes: 'size, alpha, beta, k',
    forward: 'local_response_norm(input, self.size, self.alpha, self.beta, self.k)',
  },
  {
    name: 'CrossMapLRN2d',
    file: 'normalization',
    signature: 'size, alpha=0.0001, beta=0.75, k=1',
    role: 'norm',
    attributes: 'size, alpha, beta, k',
    forward: 'local_response_norm(input, self.size, self.alpha, self.beta, self.k)',
  },
];
