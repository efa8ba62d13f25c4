/** Answers of a network, and the layers that lead to one with a prior in its bias. */
import { constantOf, decidingWrite } from './final-writes.js';
import { isAnswer, type WeightUse } from './weights.js';

/** An answer that starts from a prior: a focal loss's −log((1 − π)/π), or a detector's towers, tuned to small weights. */
export function isPriorHead(use: WeightUse): boolean {
  const { parameter } = use;
  if (DETECTION.test(parameter.name) || isPublishedStart(use)) return true;
  const bias = parameter.module.parameters.find(it => it.kind === 'bias');
  const start = bias && constantOf(bias);
  return isAnswer(use) && start !== undefined && start <= -1;
}

/** The std of detectors' recipes, in a network that is named as one. */
function isPublishedStart({ model, parameter }: WeightUse): boolean {
  const spec = decidingWrite(parameter)?.spec;
  return spec?.kind === 'normal' && PUBLISHED.has(spec.std ?? 0) && DETECTOR.test(model.className);
}

const PUBLISHED: ReadonlySet<number> = new Set([0.01, 0.001]);
const DETECTOR = /retina|fcos|yolo|rcnn|rpn|(^|_)roi(_|[A-Z]|$)|RoI|ROI|anchor|bbox|detect|maskhead|keypoint/i;

/** Names that detectors give to the layers behind their features (Ren et al. 2015, Lin et al. 2017). */
const DETECTION =
  /(^|[._])(rpn|bbox|box|cls|loc|conf|anchor|retina|fcos|roi|regression\w*|classification\w*)(?=[._]|$)/;
