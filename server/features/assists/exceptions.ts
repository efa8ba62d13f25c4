/** Weights that ask for another start than most of their class: answers, and layers in front of another nonlinearity. */
import { number } from '../../../core/describe-spec.js';
import type { InitSpec } from '../../../core/initializer.js';
import type { LayerStart, NamedStart, Start } from '../../model/intent.js';
import type { Model } from '../../model/model.js';
import type { Parameter } from '../../model/parameters.js';
import { decidesScale, isAnswer, weightUses } from '../../model/questions/weights.js';
import { adviceFor } from './advice.js';

export const xavier: InitSpec = {
  kind: 'variance_scaling',
  gain: 1,
  mode: 'fan_avg',
  distribution: 'normal',
  name: 'xavier',
};

export function exceptionsTo(starts: readonly LayerStart[], model: Model): readonly NamedStart[] {
  const found = model.parameters
    .filter(it => it.kind === 'weight')
    .flatMap(parameter => {
      const usual = usualFor(starts, parameter);
      const own = usual?.kind === 'variance_scaling' ? ownStart(model, parameter) : undefined;
      return own === undefined || isAlike(own.spec, usual!)
        ? []
        : [{ path: parameter.name, ...own, ...lastOf(model, parameter) }];
    });
  const answers = found.filter(it => it.comment === ANSWER);
  return [answers, found.filter(it => it.comment !== ANSWER)].flatMap(it => (it.length > most ? [] : it));
}

const ANSWER = 'an answer, which feeds no layer';
const LINEAR = 'no nonlinearity follows';

/** More than these are a matter of taste. */
const most = 4;

function usualFor(starts: readonly LayerStart[], { module }: Parameter): InitSpec | undefined {
  const start = starts.find(it => it.classes.includes(module.layer ?? ''));
  return start?.tensors.find(it => 'attribute' in it && it.attribute === 'weight')?.spec;
}

/** An answer feeds no layer: Xavier. Where a norm, a sum or a gate decides the scale, one start is as good as another. */
function ownStart(model: Model, parameter: Parameter): (Start & { readonly comment: string }) | undefined {
  const uses = weightUses(model, parameter);
  if (uses.length === 0) return undefined;
  if (uses.every(isAnswer)) return { spec: xavier, comment: ANSWER };
  const isReturned = uses.every(it => it.followers.some(follower => follower.kind === 'output'));
  const isSummed = uses.every(it => it.followers.every(follower => follower.kind === 'add'));
  if (!isReturned && (isSummed || !uses.every(decidesScale))) return undefined;
  const { spec, nonlinearity } = adviceFor([{ model, parameter }], 'normal') ?? {};
  if (spec?.kind !== 'variance_scaling') return undefined;
  const comment = spec.gain === 1 ? LINEAR : `gain ${number(spec.gain ?? 1)}, for what follows`;
  return { spec, comment, ...(nonlinearity && { nonlinearity }) };
}

/** The last of its class in a list right below the network. */
function lastOf({ root }: Model, { module }: Parameter): { readonly lastOf?: string } {
  const list = root.children.find(it => it.children.includes(module));
  const isLast = list?.children.findLast(it => it.className === module.layer) === module;
  return isLast && module.layer !== undefined ? { lastOf: module.layer } : {};
}

/** By the gains: a sixth more or less shows in no training. */
function isAlike(own: InitSpec, usual: InitSpec): boolean {
  if (own.kind !== 'variance_scaling' || usual.kind !== 'variance_scaling') return false;
  const ratio = (own.gain ?? 1) / (usual.gain ?? 1);
  return ratio > 0.85 && ratio < 1.18;
}
