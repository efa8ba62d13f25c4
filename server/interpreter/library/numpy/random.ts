/** `numpy.random`: another generator than torch's. What it gives is not known but for its shape, and nothing else changes. */
import { isVague } from '../../builtins/define.js';
import type { Machine } from '../../machine.js';
import { ClassValue, Instance, Tuple, type Unknown, type Value } from '../../values.js';
import { classOf, type Entry, method, silentFunctions } from '../define.js';
import { shuffle } from '../quiet.js';
import { NdArray, unknownArray } from './array.js';
import type { ArrayDtype } from './dtypes.js';
import { forget } from './indexing.js';
import { sizesOf } from './shapes.js';

interface Drawn {
  readonly names: string;
  /** What comes before the size of the result. */
  readonly parameters: string;
  readonly dtype?: ArrayDtype;
}

const drawn: readonly Drawn[] = [
  { names: 'random random_sample sample ranf standard_normal standard_exponential', parameters: '' },
  { names: 'uniform normal laplace gumbel logistic lognormal', parameters: 'loc=0.0, scale=1.0, ' },
  { names: 'exponential', parameters: 'scale=1.0, ' },
  { names: 'gamma beta', parameters: 'a, b=1.0, ' },
  { names: 'poisson geometric', parameters: 'lam=1.0, ', dtype: 'int64' },
  { names: 'binomial randint integers', parameters: 'low, high=None, ', dtype: 'int64' },
];

/** Keywords that other names of the same places go by are taken as well. */
const OTHERS = 'size=None, *args, **kwargs';

export function numpyRandomNames(m: Machine): Entry[] {
  const generator = classOf(m, 'numpy.random', 'Generator', [
    method('__init__', 'self, *args, **kwargs', () => null),
    ...draws('self, '),
    method('shuffle', 'self, x, axis=0', (machine, _, x) => shuffled(machine, x!)),
  ]);
  return [
    ...draws(''),
    ...silentFunctions('seed set_state'),
    method('shuffle', 'x', (machine, x) => shuffled(machine, x!)),
    ['RandomState', generator],
    ['Generator', generator],
    method('default_rng', 'seed=None', () => new Instance(generator)),
  ];
}

function draws(self: string): Entry[] {
  const last = (bound: readonly Value[]) => bound[bound.length - 3]!;
  return [
    ...drawn.flatMap(({ names, parameters, dtype }) =>
      names
        .split(' ')
        .map(name =>
          method(name, `${self}${parameters}${OTHERS}`, (m, ...bound) => ofSize(m, name, last(bound), dtype)),
        ),
    ),
    ...['rand', 'randn'].map(name =>
      method(name, `${self}*size`, (m, ...bound) => {
        const sizes = bound.at(-1) as Tuple;
        return sizes.items.length === 0 ? notKnown(m, name) : ofSize(m, name, sizes);
      }),
    ),
    method('choice', `${self}a, ${OTHERS}`, (m, ...bound) =>
      typeof bound.at(-4) === 'number' ? ofSize(m, 'choice', last(bound), 'int64') : notKnown(m, 'choice'),
    ),
    method('permutation', `${self}x, *args, **kwargs`, (m, ...bound) => permuted(m, bound.at(-3)!)),
    method('get_state', `${self}*args, **kwargs`, m => notKnown(m, 'get_state')),
  ];
}

const notKnown = (m: Machine, name: string): Unknown =>
  m.unknown(`\`numpy.random.${name}\` draws from numpy's own generator`);

function ofSize(m: Machine, name: string, size: Value, dtype: ArrayDtype = 'float64'): Value {
  const shape = size === null || isVague(size) ? undefined : sizesOf(m, [size]);
  const family = m.getAttribute(m.importModule('numpy'), 'ndarray');
  if (shape === undefined || shape.length === 0 || !(family instanceof ClassValue)) return notKnown(m, name);
  const array = unknownArray(m, family, { shape, dtype });
  return array instanceof NdArray ? array : notKnown(m, name);
}

function permuted(m: Machine, x: Value): Value {
  if (typeof x === 'number') return ofSize(m, 'permutation', x, 'int64');
  return x instanceof NdArray ? ofSize(m, 'permutation', new Tuple(x.shape), x.dtype) : notKnown(m, 'permutation');
}

function shuffled(m: Machine, x: Value): Value {
  if (x instanceof NdArray) return forget(m, x);
  shuffle(m, x);
  return null;
}
