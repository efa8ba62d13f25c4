/** Losses and distances: numbers out of signals, of which the graph knows that they are used. */
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import type { NativeFunction, Value } from '../../../interpreter/values.js';
import { opaqueResult } from '../operations/results.js';
import { isTensor } from '../tensor.js';

const REDUCED = 'size_average=None, reduce=None';

/** Signatures as torch spells them. */
const losses: Readonly<Record<string, string>> = {
  binary_cross_entropy: `input, target, weight=None, ${REDUCED}, reduction='mean'`,
  binary_cross_entropy_with_logits: `input, target, weight=None, ${REDUCED}, reduction='mean', pos_weight=None`,
  cosine_embedding_loss: `input1, input2, target, margin=0, ${REDUCED}, reduction='mean'`,
  cross_entropy:
    "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0",
  ctc_loss: "log_probs, targets, input_lengths, target_lengths, blank=0, reduction='mean', zero_infinity=False",
  gaussian_nll_loss: "input, target, var, full=False, eps=1e-06, reduction='mean'",
  hinge_embedding_loss: `input, target, margin=1.0, ${REDUCED}, reduction='mean'`,
  huber_loss: "input, target, reduction='mean', delta=1.0, weight=None",
  kl_div: `input, target, ${REDUCED}, reduction='mean', log_target=False`,
  l1_loss: `input, target, ${REDUCED}, reduction='mean'`,
  margin_ranking_loss: `input1, input2, target, margin=0, ${REDUCED}, reduction='mean'`,
  mse_loss: `input, target, ${REDUCED}, reduction='mean'`,
  multi_margin_loss: `input, target, p=1, margin=1.0, weight=None, ${REDUCED}, reduction='mean'`,
  multilabel_margin_loss: `input, target, ${REDUCED}, reduction='mean'`,
  multilabel_soft_margin_loss: `input, target, weight=None, ${REDUCED}, reduction='mean'`,
  nll_loss: "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'",
  poisson_nll_loss:
    "input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean'",
  smooth_l1_loss: `input, target, ${REDUCED}, reduction='mean', beta=1.0`,
  soft_margin_loss: `input, target, ${REDUCED}, reduction='mean'`,
  triplet_margin_loss: `anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, ${REDUCED}, reduction='mean'`,
  triplet_margin_with_distance_loss:
    "anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction='mean'",
};

const distances: Readonly<Record<string, string>> = {
  cosine_similarity: 'x1, x2, dim=1, eps=1e-08',
  pairwise_distance: 'x1, x2, p=2.0, eps=1e-06, keepdim=False',
  pdist: 'input, p=2.0',
  cdist: "x1, x2, p=2.0, compute_mode='use_mm_for_euclid_dist_if_necessary'",
};

export const lossFunctionals: readonly NativeFunction[] = [
  ...Object.entries(losses).map(([name, signature]) =>
    native(name, signature, (machine, ...bound) => opaqueResult(machine, name, bound.filter(isTensor), [])),
  ),
  ...Object.entries(distances).map(([name, signature]) =>
    native(name, signature, (machine, ...bound) => distance(machine, name, bound)),
  ),
];

function distance(machine: Machine, name: string, bound: readonly Value[]): Value {
  return opaqueResult(machine, name, bound.filter(isTensor));
}
