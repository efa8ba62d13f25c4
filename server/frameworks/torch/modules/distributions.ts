/** `torch.distributions`: objects that are made without a draw; only their samples are drawn, in ways that are not followed. */
import type { Machine } from '../../../interpreter/machine.js';
import { native, nativeClass, nativeModule, rawNative } from '../../../interpreter/native.js';
import { type ClassValue, Instance, type ModuleValue, Unknown, type Value } from '../../../interpreter/values.js';
import { isTensor } from '../tensor.js';
import type { Named } from './names.js';

const FAMILIES = [
  'Bernoulli Beta Binomial Categorical Cauchy Chi2 ContinuousBernoulli Dirichlet Exponential FisherSnedecor Gamma',
  'GeneralizedPareto Geometric Gumbel HalfCauchy HalfNormal Independent InverseGamma Kumaraswamy LKJCholesky Laplace',
  'LogNormal LogisticNormal LowRankMultivariateNormal MixtureSameFamily Multinomial MultivariateNormal NegativeBinomial',
  'Normal OneHotCategorical OneHotCategoricalStraightThrough Pareto Poisson RelaxedBernoulli RelaxedOneHotCategorical',
  'StudentT TransformedDistribution Uniform VonMises Weibull Wishart ExponentialFamily',
];
const TRANSFORMS = [
  'AbsTransform AffineTransform CatTransform ComposeTransform CorrCholeskyTransform CumulativeDistributionTransform',
  'ExpTransform IndependentTransform LowerCholeskyTransform PositiveDefiniteTransform PowerTransform ReshapeTransform',
  'SigmoidTransform SoftmaxTransform SoftplusTransform StackTransform StickBreakingTransform TanhTransform',
];

const distribution = parametrized('Distribution');
const transform = parametrized('Transform');

const names: readonly Named[] = [
  ['Distribution', distribution],
  ['Transform', transform],
  ...kindsOf(FAMILIES, distribution),
  ...kindsOf(TRANSFORMS, transform),
  ['kl_divergence', rawNative('kl_divergence', (machine, { positional }) => computed(machine, positional))],
  ['register_kl', rawNative('register_kl', () => native('decorator', 'fun', (_, fun) => fun!))],
];

/** The package, or a module of it: each has what it needs of the others. */
export function distributionsModule(name: string): ModuleValue {
  return nativeModule(name, names, key => (key.startsWith('__') ? undefined : helper(name, key)));
}

/** Constraints and the tables that go with them: they make nothing and draw nothing. */
const helper = (module: string, key: string): Unknown =>
  new Unknown(`\`${module}.${key}\` is not known here`, undefined);

function kindsOf(lines: readonly string[], base: ClassValue): Named[] {
  return lines.flatMap(it => it.split(' ')).map((name): Named => [name, parametrized(name, base)]);
}

/** A class whose objects remember the tensors that they are made of: what is read from them depends on these. */
function parametrized(name: string, base?: ClassValue): ClassValue {
  if (base !== undefined) return nativeClass(name, 'torch.distributions', [base], []);
  return nativeClass(
    name,
    'torch.distributions',
    [],
    [
      ['__init__', rawNative('__init__', (machine, args) => remember(machine, [...args.positional], args.keywords))],
      ['__getattr__', native('__getattr__', 'self, name', memberOf)],
      ['__call__', rawNative('__call__', (machine, { positional }) => computed(machine, positional))],
    ],
  );
}

const INPUTS = '_inputs';

function remember(machine: Machine, [self, ...given]: Value[], keywords: ReadonlyMap<string, Value>): Value {
  if (!(self instanceof Instance)) return null;
  const inputs = inputsOf([...given, ...keywords.values()]);
  machine.touch(self);
  self.attributes.set(INPUTS, machine.unknown('what a distribution is made of', { inputs }));
  return null;
}

/** The tensors that values are, or depend on. */
function inputsOf(values: readonly Value[]): Instance[] {
  return values.flatMap(value => {
    if (value instanceof Unknown) return value.inputs ?? [];
    if (!(value instanceof Instance)) return [];
    const remembered = value.attributes.get(INPUTS);
    if (remembered instanceof Unknown) return remembered.inputs ?? [];
    return isTensor(value) ? [value] : [];
  });
}

function computed(machine: Machine, values: readonly Value[]): Unknown {
  return machine.unknown('what `torch.distributions` computes is not known', { inputs: inputsOf(values) });
}

function memberOf(machine: Machine, self: Value, name: Value): Value {
  if (typeof name === 'string' && name.startsWith('__')) return machine.builtins.notImplemented;
  const foreign = typeof name !== 'string' || /sample/.test(name);
  const reason = foreign ? 'samples of `torch.distributions` are not reproduced' : `\`${name}\` is not known here`;
  return machine.unknown(reason, { inputs: inputsOf([self]), ...(foreign && { foreign }) });
}
