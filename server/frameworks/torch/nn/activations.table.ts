/** Activations and dropout: layers without weights of their own, PReLU aside. */
import type { LayerRow, Refusal } from './row.js';

type Short = readonly [name: string, signature: string, attributes: string, forward: string];

const elementwise: readonly Short[] = [
  [
    'Threshold',
    'threshold, value, inplace=False',
    'threshold, value, inplace',
    'threshold(input, self.threshold, self.value, self.inplace)',
  ],
  ['ReLU', 'inplace=False', 'inplace', 'relu(input, self.inplace)'],
  [
    'RReLU',
    'lower=0.125, upper=0.3333333333333333, inplace=False',
    'lower, upper, inplace',
    'rrelu(input, self.lower, self.upper, self.training, self.inplace)',
  ],
  [
    'Hardtanh',
    'min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None',
    'min_val, max_val, inplace',
    'hardtanh(input, self.min_val, self.max_val, self.inplace)',
  ],
  ['Sigmoid', '', '', 'sigmoid(input)'],
  ['Hardsigmoid', 'inplace=False', 'inplace', 'hardsigmoid(input, self.inplace)'],
  ['Tanh', '', '', 'tanh(input)'],
  ['SiLU', 'inplace=False', 'inplace', 'silu(input, self.inplace)'],
  ['Mish', 'inplace=False', 'inplace', 'mish(input, self.inplace)'],
  ['Hardswish', 'inplace=False', 'inplace', 'hardswish(input, self.inplace)'],
  ['ELU', 'alpha=1.0, inplace=False', 'alpha, inplace', 'elu(input, self.alpha, self.inplace)'],
  ['CELU', 'alpha=1.0, inplace=False', 'alpha, inplace', 'celu(input, self.alpha, self.inplace)'],
  ['SELU', 'inplace=False', 'inplace', 'selu(input, self.inplace)'],
  ['GELU', "approximate='none'", 'approximate', 'gelu(input, approximate=self.approximate)'],
  ['Hardshrink', 'lambd=0.5', 'lambd', 'hardshrink(input, self.lambd)'],
  [
    'LeakyReLU',
    'negative_slope=0.01, inplace=False',
    'negative_slope, inplace',
    'leaky_relu(input, self.negative_slope, self.inplace)',
  ],
  ['LogSigmoid', '', '', 'logsigmoid(input)'],
  ['Softplus', 'beta=1.0, threshold=20.0', 'beta, threshold', 'softplus(input, self.beta, self.threshold)'],
  ['Softshrink', 'lambd=0.5', 'lambd', 'softshrink(input, self.lambd)'],
  ['Softsign', '', '', 'softsign(input)'],
  ['Tanhshrink', '', '', 'tanhshrink(input)'],
  ['GLU', 'dim=-1', 'dim', 'glu(input, self.dim)'],
  ['Softmin', 'dim=None', 'dim', 'softmin(input, self.dim)'],
  ['Softmax', 'dim=None', 'dim', 'softmax(input, self.dim)'],
  ['Softmax2d', '', '', 'softmax(input, -3)'],
  ['LogSoftmax', 'dim=None', 'dim', 'log_softmax(input, self.dim)'],
];

const dropouts: readonly Short[] = [
  ['Dropout', 'p=0.5, inplace=False', 'p, inplace', 'dropout(input, self.p, self.training, self.inplace)'],
  ['Dropout1d', 'p=0.5, inplace=False', 'p, inplace', 'dropout1d(input, self.p, self.training, self.inplace)'],
  ['Dropout2d', 'p=0.5, inplace=False', 'p, inplace', 'dropout2d(input, self.p, self.training, self.inplace)'],
  ['Dropout3d', 'p=0.5, inplace=False', 'p, inplace', 'dropout3d(input, self.p, self.training, self.inplace)'],
  ['AlphaDropout', 'p=0.5, inplace=False', 'p, inplace', 'alpha_dropout(input, self.p, self.training)'],
  ['FeatureAlphaDropout', 'p=0.5, inplace=False', 'p, inplace', 'feature_alpha_dropout(input, self.p, self.training)'],
];

const probability: readonly Refusal[] = [
  {
    when: 'p < 0 or p > 1',
    exception: 'ValueError',
    message: 'dropout probability has to be between 0 and 1, but got {p}',
  },
];

const activation = ([name, signature, attributes, forward]: Short): LayerRow => ({
  name,
  file: 'activation',
  signature,
  role: 'nonlinearity',
  attributes,
  forward,
});

const dropout = ([name, signature, attributes, forward]: Short): LayerRow => ({
  name,
  file: 'dropout',
  base: '_DropoutNd',
  signature,
  role: 'dropout',
  refuses: probability,
  attributes,
  forward,
});

export const activations: readonly LayerRow[] = [
  ...elementwise.map(activation),
  {
    name: 'ReLU6',
    file: 'activation',
    base: 'Hardtanh',
    signature: 'inplace=False',
    role: 'nonlinearity',
    attributes: 'min_val=0.0, max_val=6.0, inplace',
    forward: 'relu6(input, self.inplace)',
  },
  {
    name: 'PReLU',
    file: 'activation',
    signature: 'num_parameters=1, init=0.25, device=None, dtype=None',
    role: 'nonlinearity',
    attributes: 'num_parameters, init',
    parameters: [{ name: 'weight', kind: 'slope', shape: '(num_parameters,)', start: 'init' }],
    forward: 'prelu(input, self.weight)',
  },
  {
    name: '_DropoutNd',
    file: 'dropout',
    signature: 'p=0.5, inplace=False',
    role: 'dropout',
    refuses: probability,
    attributes: 'p, inplace',
  },
  ...dropouts.map(dropout),
];
