/** Answers of a network, and the layers that lead to one with a prior in its bias. */
import { constantOf } from './final-writes.js';
import { isAnswer, type WeightUse } from './weights.js';

/** An answer that starts from a prior: a focal loss's −log((1 − π)/π), or a detector's towers, tuned to small weights. */
export function isPriorHead(use: WeightUse): boolean {
  const { parameter } = use;
  if (DETECTION.test(parameter.name)) return true;
  const bias = parameter.module.parameters.find(it => it.kind === 'bias');
  const start = bias && constantOf(bias);
  return isAnswer(use) && start !== undefined && start <= -1;
}

/** Names that detectors give to the layers behind their features (Ren et al. 2015, Lin et al. 2017). */
const DETECTION =
  /(^|[._])(rpn|bbox|box|cls|loc|conf|anchor|retina|fcos|roi|regression\w*|classification\w*)(?=[._]|$)/;
