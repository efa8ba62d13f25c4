/** `threading`: a thread runs where it is started, as if everything else waited for it. */
import type { Machine } from '../machine.js';
import { Dict, type Instance, type Value } from '../values.js';
import { classOf, type Entry, method } from './define.js';

export function threadingNames(m: Machine): Entry[] {
  return [
    ['Thread', classOf(m, 'threading', 'Thread', threadMethods)],
    ...['Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Condition'].map(
      (name): Entry => [name, classOf(m, 'threading', name, lockMethods)],
    ),
  ];
}

const threadMethods: readonly Entry[] = [
  method(
    '__init__',
    'self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None',
    (m, self, _, target, _name, args, keywords) => {
      const { attributes } = self as Instance;
      m.touch(self as Instance);
      attributes.set('_target', target!).set('_args', args!).set('_kwargs', keywords!);
      return null;
    },
  ),
  method('run', 'self, /', (m, self) => {
    const { attributes } = self as Instance;
    const keywords = attributes.get('_kwargs');
    const target = attributes.get('_target') ?? null;
    if (target === null) return null;
    const named = keywords instanceof Dict ? keywords.byName() : undefined;
    m.call(target, m.listOf(attributes.get('_args')!) ?? [], named);
    return null;
  }),
  method('start', 'self, /', (m, self) => {
    m.inexact('what a thread does, and what is done meanwhile, come in an order that is not known');
    m.callMethod(self!, 'run');
    return null;
  }),
  method('join', 'self, timeout=None, /', () => null),
  method('is_alive', 'self, /', () => false),
];

const lockMethods: readonly Entry[] = [
  method('__init__', 'self, *args', () => null),
  method('__enter__', 'self, /', () => true),
  method('__exit__', 'self, *excinfo', () => null),
  method('acquire', 'self, blocking=True, timeout=-1', (): Value => true),
  ...['release', 'notify', 'notify_all'].map((name): Entry => method(name, 'self, *args', () => null)),
];
