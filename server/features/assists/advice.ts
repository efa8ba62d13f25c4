/** How a parameter should start, by what it is and what follows it, and why. */
import { number } from '../../../core/describe-spec.js';
import { type Distribution, fansOf, type InitSpec } from '../../../core/initializer.js';
import { equalSizes } from '../../../core/size.js';
import type { Start } from '../../model/intent.js';
import type { Parameter } from '../../model/parameters.js';
import { followersOf } from '../../model/questions/following.js';
import { type Nonlinearity, nonlinearityOf } from '../../model/questions/operations.js';
import { isAnswer, type WeightUse, weightUses } from '../../model/questions/weights.js';
import { schemeFor } from '../../rules/remedies.js';
import type { Reached } from '../reached.js';

export interface Advice extends Start {
  /** "`relu` follows `fc1.weight`: gain 1.41". */
  readonly reason: string;
}

/** By the majority of what is reached; undefined where nothing is known of it. */
export function adviceFor(reached: readonly Reached[], distribution: Distribution): Advice | undefined {
  const [first] = reached;
  if (first === undefined) return undefined;
  return plainAdvice(first.parameter) ?? adviceForWeights(reached, distribution);
}

const constant = (value: number): InitSpec => ({ kind: 'constant', value });

/** Kinds whose start does not depend on what follows. */
function plainAdvice({ kind, name, shape }: Parameter): Advice | undefined {
  switch (kind) {
    case 'bias':
    case 'shift':
      return { spec: constant(0), reason: `\`${name}\` shifts: nothing is to be shifted at the start` };
    case 'scale':
      return { spec: constant(1), reason: `\`${name}\` scales what a norm has normalized` };
    case 'embedding': {
      const width = shape?.at(-1);
      const std = typeof width === 'number' ? width ** -0.5 : 0.02;
      return { spec: { kind: 'normal', mean: 0, std }, reason: 'rows of an embedding, of length near 1' };
    }
    case 'token':
      return { spec: { kind: 'normal', mean: 0, std: 0.02 }, reason: 'a learned token or table: small' };
    case 'recurrent':
      return { spec: { kind: 'orthogonal', gain: 1 }, reason: 'a recurrence keeps its length under a rotation' };
    default:
      return undefined;
  }
}

function adviceForWeights(reached: readonly Reached[], distribution: Distribution): Advice | undefined {
  const uses = reached.flatMap(it => weightUses(it.model, it.parameter));
  const nonlinearity = majorityOf(uses);
  if (nonlinearity === undefined) return undefined;
  const { gain, name, worded } = schemeFor(nonlinearity);
  const mode = name === 'xavier' ? 'fan_avg' : modeOfInputs(reached);
  const spec: InitSpec = { kind: 'variance_scaling', gain, mode, distribution, name };
  const subject = `\`${reached[0]!.parameter.name}\``;
  const reason =
    nonlinearity.name === 'linear'
      ? `no nonlinearity follows ${subject}: gain 1`
      : `\`${nonlinearity.name}\` follows ${subject}: gain ${number(gain)}`;
  return { spec, nonlinearity: worded, reason };
}

/** What the framework calls the number of inputs: of an (in, out) matrix, used as `x @ w`, it is its `fan_out`. */
export function modeOfInputs(reached: readonly Reached[]): 'fan_in' | 'fan_out' {
  const isSwapped = ({ parameter: { fans, shape } }: Reached) => {
    const taken = shape && fansOf(shape);
    if (fans === undefined || taken === undefined || equalSizes(fans.fanIn, taken.fanIn)) return false;
    return equalSizes(fans.fanIn, taken.fanOut);
  };
  return reached.length > 0 && reached.every(isSwapped) ? 'fan_out' : 'fan_in';
}

/** What most layers feed; hidden layers go before answers, which feed nothing. */
export function majorityOf(uses: readonly WeightUse[]): Nonlinearity | undefined {
  const hidden = uses.filter(it => !isAnswer(it));
  const votes = (hidden.length > 0 ? hidden : uses).map(nonlinearityBeyondNorms);
  const counts = new Map<string, { readonly nonlinearity: Nonlinearity; count: number }>();
  for (const nonlinearity of votes) {
    const key = JSON.stringify(nonlinearity);
    const entry = counts.get(key) ?? { nonlinearity, count: 0 };
    entry.count++;
    counts.set(key, entry);
  }
  return [...counts.values()].sort((a, b) => rank(b) - rank(a))[0]?.nonlinearity;
}

/** Every nonlinearity goes before none: a gain for it does a linear layer little harm. */
const rank = ({ nonlinearity, count }: { readonly nonlinearity: Nonlinearity; readonly count: number }) =>
  nonlinearity.name === 'linear' ? count - 1e6 : count;

/** A norm takes the scale away, but the gain still decides how gradients come back through it. */
function nonlinearityBeyondNorms({ graph, followers }: WeightUse): Nonlinearity {
  const beyond = followers.flatMap(it => (it.kind === 'norm' ? followersOf(graph, it.operation) : [it]));
  for (const follower of beyond) {
    const found = follower.kind === 'nonlinearity' ? nonlinearityOf(follower.operation) : undefined;
    if (found !== undefined) return found;
  }
  return { name: 'linear' };
}
