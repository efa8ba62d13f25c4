/** `numpy.random`: another generator than torch's. What it gives is not known, and nothing else changes. */
import type { Machine } from '../../machine.js';
import { Instance } from '../../values.js';
import { classOf, type Entry, method, silentFunctions } from '../define.js';
import { shuffle } from '../quiet.js';
import { NdArray } from './array.js';
import { forget } from './indexing.js';

const DRAWN =
  'rand randn randint random uniform normal choice permutation standard_normal beta binomial get_state random_sample';

export function numpyRandomNames(m: Machine): Entry[] {
  const draw = (name: string, self: string) =>
    method(name, `${self}*args, **kwargs`, machine =>
      machine.unknown(`\`numpy.random.${name}\` draws from numpy's own generator`),
    );
  const generator = classOf(m, 'numpy.random', 'Generator', [
    method('__init__', 'self, *args, **kwargs', () => null),
    ...DRAWN.split(' ').map(name => draw(name, 'self, ')),
    ...['integers', 'shuffle'].map(name => draw(name, 'self, ')),
  ]);
  return [
    ...DRAWN.split(' ').map(name => draw(name, '')),
    ...silentFunctions('seed set_state'),
    method('shuffle', 'x', (machine, x) => {
      if (x instanceof NdArray) forget(machine, x);
      else shuffle(machine, x!);
      return null;
    }),
    ['RandomState', generator],
    ['Generator', generator],
    method('default_rng', 'seed=None', () => new Instance(generator)),
  ];
}
