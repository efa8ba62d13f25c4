/** How every layer of a network should start: by class, with the exceptions that its shape asks for. */
import type { InitSpec } from '../../../core/initializer.js';
import type { InitializationPlan, LayerStart, LayerTensor, NamedStart, Start } from '../../model/intent.js';
import type { Model } from '../../model/model.js';
import type { Module, Parameter } from '../../model/parameters.js';
import { fanInOf } from '../../model/questions/gains.js';
import { isNormalized, weightUses } from '../../model/questions/weights.js';
import { adviceFor } from './advice.js';
import { exceptionsTo, xavier } from './exceptions.js';
import { residualStarts } from './residual-starts.js';

/**
 * Undefined where its layers are initialized already, it has none, or it has members that are not known: they may be trained.
 * `others` are networks of the same class.
 */
export function planFor(model: Model, others: readonly Model[] = []): InitializationPlan | undefined {
  const layers = model.modules.filter(it => it.layer !== undefined && it.parameters.length > 0);
  if (layers.length === 0 || layers.some(it => it.parameters.some(isInitialized))) return undefined;
  if (model.unknowns.some(it => it.isMember)) return undefined;
  const isTransformer = layers.some(it => it.role === 'attention') || isAttentive(model, layers);
  const small = isTransformer ? smallFor(layers) : undefined;
  const groups = groupsOf(layers);
  const found = groups.map(group => ({ role: group[0]!.role, start: layerStart(group, model, small) }));
  if (found.some(it => it.start === undefined && SUMMING.has(it.role ?? ''))) return undefined;
  if (!found.some(it => it.start !== undefined && it.role !== 'norm')) return undefined;
  const starts = found.flatMap(it => it.start ?? []);
  const exceptions = [...exceptionsTo(starts, model), ...residualStarts([model, ...others], small)];
  return { reason: reasonFor(starts, exceptions), layers: merged(starts), exceptions };
}

/** Layers that a plan has to cover: half of a network that starts well is worse than all of it as it was. */
const SUMMING: ReadonlySet<string> = new Set(['linear', 'convolution', 'transposed_convolution']);

/** A tensor that a layer was given has no default. */
function isInitialized({ writes }: Parameter): boolean {
  return writes.length === 0 || writes.some(it => it.origin !== 'default');
}

/** Attention written by hand: products of two activations under a softmax, between layer norms. */
function isAttentive({ graph }: Model, layers: readonly Module[]): boolean {
  const kinds = new Set(graph?.operations.map(it => it.kind));
  return kinds.has('softmax') && kinds.has('matmul') && layers.some(it => it.role === 'norm');
}

/** Layers of one class of the framework, in the order met. */
function groupsOf(layers: readonly Module[]): readonly (readonly Module[])[] {
  const groups = new Map<string, Module[]>();
  for (const layer of layers) {
    const group = groups.get(layer.layer!);
    if (group === undefined) groups.set(layer.layer!, [layer]);
    else group.push(layer);
  }
  return [...groups.values()];
}

interface ReasonedStart extends LayerStart {
  readonly reason?: string;
}

const zero: InitSpec = { kind: 'constant', value: 0 };
const one: InitSpec = { kind: 'constant', value: 1 };
const gpt: InitSpec = { kind: 'normal', mean: 0, std: 0.02 };

/** N(0, 0.02) as in GPT-2, whose layers are wide; in narrow ones it leaves little of the signal, and Xavier is for them. */
function smallFor(layers: readonly Module[]): InitSpec {
  const weights = layers
    .filter(it => it.role === 'linear')
    .flatMap(it => it.parameters.filter(own => own.kind === 'weight'));
  const isNarrow = weights.some(it => (fanInOf(it) ?? Infinity) < NARROW);
  return isNarrow ? xavier : gpt;
}

/** There N(0, 0.02) has a gain of 0.4. */
const NARROW = 400;

const tensor = (attribute: string, spec: InitSpec, isOptional = false): LayerTensor => ({
  attribute,
  spec,
  isOptional,
});

/** `small` is how linear layers of a transformer start. */
function layerStart(group: readonly Module[], model: Model, small: InitSpec | undefined): ReasonedStart | undefined {
  const [first] = group;
  const classes = [first!.layer!];
  switch (first!.role) {
    case 'linear':
    case 'convolution':
    case 'transposed_convolution': {
      const ofTransformer = first!.role === 'linear' ? small : undefined;
      const spec = ofTransformer ?? (isGenerator(group, model) ? gpt : undefined);
      const advice = spec === undefined ? weightAdvice(group, model) : { spec };
      if (advice === undefined || !group.every(it => has(it, 'weight'))) return undefined;
      const weight: LayerTensor = { ...advice, attribute: 'weight', isOptional: false };
      return { classes, tensors: [weight, tensor('bias', zero, true)], ...nameOf(advice) };
    }
    case 'norm':
      return normStart(
        model.modules.filter(it => it.layer === first!.layer),
        classes,
      );
    case 'embedding':
      return { classes, tensors: embeddingStart(group, small !== undefined) };
    case 'recurrent':
      return { classes, tensors: recurrentTensors };
    case 'attention':
      return attentionStart(group, classes, small ?? gpt);
    default:
      return undefined;
  }
}

const has = (module: Module, attribute: string) =>
  module.parameters.some(it => it.name.split('.').at(-1) === attribute);

/** Xavier where forward was followed, but not to these layers: whatever comes behind them, it is near enough. */
function weightAdvice(group: readonly Module[], model: Model): Start | undefined {
  const weights = group.flatMap(it => it.parameters.filter(own => own.kind === 'weight'));
  const reached = weights.map(parameter => ({ model, parameter }));
  return adviceFor(reached, 'normal') ?? (isFollowed(model) ? { spec: xavier } : undefined);
}

const isFollowed = (model: Model) => model.parameters.some(it => weightUses(model, it).length > 0);

/** Transposed convolutions between norms, which fans say little of: N(0, 0.02) as in DCGAN. */
function isGenerator(group: readonly Module[], model: Model): boolean {
  if (group[0]!.role !== 'transposed_convolution') return false;
  return group.some(it => it.parameters.some(own => weightUses(model, own).some(isNormalized)));
}

function nameOf({ spec, nonlinearity }: Start): { readonly reason?: string } {
  if (spec.kind === 'normal') return { reason: `N(0, ${spec.std}²)` };
  if (spec.kind !== 'variance_scaling') return {};
  const scheme = spec.name === 'xavier' ? 'Xavier' : 'Kaiming';
  const isLinear = nonlinearity === undefined || nonlinearity.name === 'linear';
  return { reason: isLinear ? scheme : `${scheme} for ${nonlinearity.name}` };
}

function normStart(group: readonly Module[], classes: readonly string[]): LayerStart | undefined {
  const attributes = (['weight', 'bias'] as const).filter(name => group.some(it => has(it, name)));
  const isShared = (name: string) => group.every(it => has(it, name));
  const tensors = attributes.map(name => tensor(name, name === 'weight' ? one : zero, !isShared(name)));
  return tensors.length === 0 ? undefined : { classes, tensors };
}

/** A padding row is zero again. */
function embeddingStart(group: readonly Module[], isTransformer: boolean): readonly LayerTensor[] {
  const width = group[0]!.parameters[0]?.shape?.at(-1);
  const std = isTransformer || typeof width !== 'number' ? 0.02 : width ** -0.5;
  const rows: LayerTensor = { attribute: 'weight', spec: { kind: 'normal', mean: 0, std }, isOptional: false };
  const isPadded = group.some(it => typeof it.settings.get('padding_idx') === 'number');
  const padding: LayerTensor = { attribute: 'weight', spec: zero, isOptional: true, row: 'padding_idx' };
  return isPadded ? [rows, padding] : [rows];
}

/** Rotations from step to step (Saxe et al. 2014), Xavier from below. */
const recurrentTensors: readonly LayerTensor[] = [
  { prefix: 'weight_hh', spec: { kind: 'orthogonal', gain: 1 } },
  {
    prefix: 'weight',
    spec: { kind: 'variance_scaling', gain: 1, mode: 'fan_avg', distribution: 'uniform', name: 'xavier' },
  },
  { prefix: '', spec: zero },
];

function attentionStart(group: readonly Module[], classes: readonly string[], small: InitSpec): LayerStart | undefined {
  if (!group.every(it => has(it, 'in_proj_weight'))) return undefined;
  return { classes, tensors: [tensor('in_proj_weight', small), tensor('in_proj_bias', zero, true)] };
}

/** Classes that start alike share a branch. */
function merged(starts: readonly LayerStart[]): readonly LayerStart[] {
  const groups = new Map<string, LayerStart>();
  for (const { classes, tensors } of starts) {
    const key = JSON.stringify(tensors, (name, value) => (name === 'reason' ? undefined : value));
    const before = groups.get(key);
    groups.set(key, { classes: [...(before?.classes ?? []), ...classes], tensors });
  }
  return [...groups.values()];
}

function reasonFor(starts: readonly ReasonedStart[], exceptions: readonly NamedStart[]): string {
  const schemes = [...new Set(starts.flatMap(it => it.reason ?? []))];
  const parts = [
    ...schemes,
    ...(starts.some(it => it.tensors === recurrentTensors) ? ['orthogonal recurrences'] : []),
    ...(exceptions.some(it => 'suffixes' in it) ? ['residual branches that start small'] : []),
  ];
  return parts.length === 0 ? 'Starts every layer.' : `${parts.join(', ')}.`;
}
