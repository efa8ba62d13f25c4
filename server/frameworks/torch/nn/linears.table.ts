/** Layers that multiply by a matrix or look rows up in one. */
import type { LayerRow, Refusal } from './row.js';

const paddingIndex = (name: string): readonly Refusal[] => [
  {
    when: 'padding_idx is not None and (padding_idx >= num_embeddings or padding_idx < -num_embeddings)',
    exception: 'AssertionError',
    message: `${name} must be within num_embeddings`,
  },
];

export const linears: readonly LayerRow[] = [
  {
    name: 'Linear',
    file: 'linear',
    signature: 'in_features, out_features, bias=True, device=None, dtype=None',
    role: 'linear',
    attributes: 'in_features, out_features',
    parameters: [
      {
        name: 'weight',
        kind: 'weight',
        shape: '(out_features, in_features)',
        start: 'kaiming_uniform',
        fans: 'in_features, out_features',
      },
      { name: 'bias', kind: 'bias', shape: '(out_features,)', when: 'bias', start: 'fan_in_uniform' },
    ],
    forward: 'linear(input, self.weight, self.bias)',
  },
  {
    name: 'NonDynamicallyQuantizableLinear',
    file: 'linear',
    base: 'Linear',
    signature: 'in_features, out_features, bias=True, device=None, dtype=None',
    role: 'linear',
    attributes: 'in_features, out_features',
    parameters: [
      {
        name: 'weight',
        kind: 'weight',
        shape: '(out_features, in_features)',
        start: 'kaiming_uniform',
        fans: 'in_features, out_features',
      },
      { name: 'bias', kind: 'bias', shape: '(out_features,)', when: 'bias', start: 'fan_in_uniform' },
    ],
    forward: 'linear(input, self.weight, self.bias)',
  },
  {
    name: 'LazyLinear',
    file: 'linear',
    base: 'Linear',
    signature: 'out_features, bias=True, device=None, dtype=None',
    role: 'linear',
    attributes: 'in_features=0, out_features',
    parameters: [
      {
        name: 'weight',
        kind: 'weight',
        shape: '(out_features, in_features)',
        start: 'kaiming_uniform',
        fans: 'in_features, out_features',
      },
      { name: 'bias', kind: 'bias', shape: '(out_features,)', when: 'bias', start: 'fan_in_uniform' },
    ],
    lazy: { argument: 'in_features', axis: -1 },
    forward: 'linear(input, self.weight, self.bias)',
  },
  {
    name: 'Bilinear',
    file: 'linear',
    signature: 'in1_features, in2_features, out_features, bias=True, device=None, dtype=None',
    role: 'linear',
    attributes: 'in1_features, in2_features, out_features',
    parameters: [
      {
        name: 'weight',
        kind: 'weight',
        shape: '(out_features, in1_features, in2_features)',
        start: 'first_axis_uniform',
        fans: 'in1_features * in2_features, out_features',
      },
      { name: 'bias', kind: 'bias', shape: '(out_features,)', when: 'bias', start: 'first_axis_uniform' },
    ],
    takes: 'input1, input2',
    forward: 'bilinear(input1, input2, self.weight, self.bias)',
  },
  { name: 'Identity', file: 'linear', signature: '*args, **kwargs', role: 'other', forward: 'input' },
  {
    name: 'Embedding',
    file: 'sparse',
    signature:
      'num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, _weight=None, _freeze=False, device=None, dtype=None',
    added: { _freeze: '2.0' },
    role: 'embedding',
    refuses: paddingIndex('Padding_idx'),
    attributes: 'num_embeddings, embedding_dim, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse',
    parameters: [{ name: 'weight', kind: 'embedding', shape: '(num_embeddings, embedding_dim)', start: 'normal' }],
    forward:
      'embedding(input, self.weight, self.padding_idx, self.max_norm, self.norm_type, self.scale_grad_by_freq, self.sparse)',
  },
  {
    name: 'EmbeddingBag',
    file: 'sparse',
    signature:
      "num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', sparse=False, _weight=None, include_last_offset=False, padding_idx=None, device=None, dtype=None",
    role: 'embedding',
    refuses: paddingIndex('padding_idx'),
    attributes:
      'num_embeddings, embedding_dim, max_norm, norm_type, scale_grad_by_freq, padding_idx, mode, sparse, include_last_offset',
    parameters: [{ name: 'weight', kind: 'embedding', shape: '(num_embeddings, embedding_dim)', start: 'normal' }],
    takes: 'input, offsets=None, per_sample_weights=None',
    forward:
      'embedding_bag(input, self.weight, offsets, self.max_norm, self.norm_type, self.scale_grad_by_freq, self.mode, self.sparse, per_sample_weights, self.include_last_offset, self.padding_idx)',
  },
  {
    name: 'AdaptiveLogSoftmaxWithLoss',
    file: 'adaptive',
    signature: 'in_features, n_classes, cutoffs, div_value=4.0, head_bias=False, device=None, dtype=None',
    role: 'other',
    refuses: [
      {
        when: 'not rises_within(cutoffs, n_classes)',
        exception: 'ValueError',
        message:
          'cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each value is between 1 and n_classes-1',
      },
    ],
    attributes:
      'in_features, n_classes, cutoffs=[*cutoffs, n_classes], div_value, head_bias, shortlist_size=cutoffs[0], n_clusters=len(cutoffs), head_size=cutoffs[0] + len(cutoffs)',
    children:
      'head=Linear(in_features, cutoffs[0] + len(cutoffs), bias=head_bias), tail=adaptive_tail(in_features, [*cutoffs, n_classes], div_value)',
    takes: 'input_, target_',
  },
];
