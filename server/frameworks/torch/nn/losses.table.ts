/** Loss modules: no weights, and nothing of them enters the forward graph. */
import type { LayerRow } from './row.js';

type Short = readonly [name: string, signature: string, attributes: string, takes?: string];

const old = 'size_average=None';
const reduced = "reduce=None, reduction='mean'";
const twoInputs = 'input, target';

const rows: readonly Short[] = [
  ['BCELoss', `weight=None, ${old}, ${reduced}`, 'weight, reduction'],
  ['BCEWithLogitsLoss', `weight=None, ${old}, ${reduced}, pos_weight=None`, 'weight, reduction, pos_weight'],
  [
    'CTCLoss',
    "blank=0, reduction='mean', zero_infinity=False",
    'blank, reduction, zero_infinity',
    'log_probs, targets, input_lengths, target_lengths',
  ],
  ['CosineEmbeddingLoss', `margin=0.0, ${old}, ${reduced}`, 'margin, reduction', 'input1, input2, target'],
  [
    'CrossEntropyLoss',
    `weight=None, ${old}, ignore_index=-100, ${reduced}, label_smoothing=0.0`,
    'weight, ignore_index, reduction, label_smoothing',
  ],
  ['GaussianNLLLoss', "*, full=False, eps=1e-06, reduction='mean'", 'full, eps, reduction', 'input, target, var'],
  ['HingeEmbeddingLoss', `margin=1.0, ${old}, ${reduced}`, 'margin, reduction'],
  ['HuberLoss', "reduction='mean', delta=1.0", 'reduction, delta'],
  ['KLDivLoss', `${old}, ${reduced}, log_target=False`, 'reduction, log_target'],
  ['L1Loss', `${old}, ${reduced}`, 'reduction'],
  ['MSELoss', `${old}, ${reduced}`, 'reduction'],
  ['MarginRankingLoss', `margin=0.0, ${old}, ${reduced}`, 'margin, reduction', 'input1, input2, target'],
  ['MultiLabelMarginLoss', `${old}, ${reduced}`, 'reduction'],
  ['MultiLabelSoftMarginLoss', `weight=None, ${old}, ${reduced}`, 'weight, reduction'],
  ['MultiMarginLoss', `p=1, margin=1.0, weight=None, ${old}, ${reduced}`, 'p, margin, weight, reduction'],
  ['NLLLoss', `weight=None, ${old}, ignore_index=-100, ${reduced}`, 'weight, ignore_index, reduction'],
  ['NLLLoss2d', `weight=None, ${old}, ignore_index=-100, ${reduced}`, 'weight, ignore_index, reduction'],
  [
    'PoissonNLLLoss',
    `log_input=True, full=False, ${old}, eps=1e-08, ${reduced}`,
    'log_input, full, eps, reduction',
    'log_input, target',
  ],
  ['SmoothL1Loss', `${old}, ${reduced}, beta=1.0`, 'reduction, beta'],
  ['SoftMarginLoss', `${old}, ${reduced}`, 'reduction'],
  [
    'TripletMarginLoss',
    `margin=1.0, p=2.0, eps=1e-06, swap=False, ${old}, ${reduced}`,
    'margin, p, eps, swap, reduction',
    'anchor, positive, negative',
  ],
  [
    'TripletMarginWithDistanceLoss',
    "*, distance_function=None, margin=1.0, swap=False, reduction='mean'",
    'distance_function=PairwiseDistance() if distance_function is None else distance_function, margin, swap, reduction',
    'anchor, positive, negative',
  ],
];

const base = (name: string, parent: string | undefined, signature: string, attributes: string): LayerRow => ({
  name,
  file: 'loss',
  ...(parent && { base: parent }),
  signature,
  role: 'other',
  attributes,
});

export const losses: readonly LayerRow[] = [
  base('_Loss', undefined, `${old}, ${reduced}`, 'reduction'),
  base('_WeightedLoss', '_Loss', `weight=None, ${old}, ${reduced}`, 'weight, reduction'),
  ...rows.map(
    ([name, signature, attributes, takes]): LayerRow => ({
      name,
      file: 'loss',
      base: signature.startsWith('weight=') ? '_WeightedLoss' : '_Loss',
      signature,
      role: 'other',
      attributes,
      takes: takes ?? twoInputs,
    }),
  ),
];
