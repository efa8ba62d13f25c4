/** Modules that report, wait, measure or draw: warnings, logging, time, random. Nothing of it reaches a model. */
import { isWeighty } from '../audit.js';
import { collect } from '../builtins/list.js';
import type { Machine } from '../machine.js';
import { Instance, List, type Tuple, Unknown, type Value } from '../values.js';
import { classOf, type Entry, method, silentFunctions, unknownNames } from './define.js';

export function warningsNames(m: Machine): Entry[] {
  return [
    ...silentFunctions('warn warn_explicit filterwarnings simplefilter resetwarnings showwarning'),
    [
      'catch_warnings',
      classOf(m, 'warnings', 'catch_warnings', [
        method('__init__', 'self, /, **options', () => null),
        method('__enter__', 'self, /', () => new List([])),
        method('__exit__', 'self, *excinfo', () => null),
      ]),
    ],
    method('deprecated', 'message, /, **options', () => method('deprecated', 'arg, /', (_, value) => value!)[1]),
  ];
}

const LEVELS = { NOTSET: 0, DEBUG: 10, INFO: 20, WARNING: 30, WARN: 30, ERROR: 40, CRITICAL: 50, FATAL: 50 };
const REPORTS = 'debug info warning warn error exception critical fatal log';

export function loggingNames(m: Machine): Entry[] {
  const logger = classOf(m, 'logging', 'Logger', [
    ...silentFunctions(`${REPORTS} setLevel addHandler removeHandler addFilter`),
    ['handlers', new List([])],
    ['propagate', true],
    ['level', 0],
    ['name', 'root'],
    ...unknownNames('what loggers keep is not known', 'manager parent filters root disabled'),
    method('__init__', 'self, /, *args, **kwargs', () => null),
    method('isEnabledFor', 'self, level', () => false),
    method('hasHandlers', 'self, /', () => true),
    method('getEffectiveLevel', 'self, /', () => LEVELS.WARNING),
    method('getChild', 'self, suffix', (_, self) => self!),
  ]);
  const handler = classOf(m, 'logging', 'Handler', [
    ...silentFunctions('setLevel setFormatter addFilter emit flush close'),
    method('__init__', 'self, /, *args, **kwargs', () => null),
  ]);
  const root = new Instance(logger);
  return [
    ...Object.entries(LEVELS).map(([name, level]): Entry => [name, level]),
    ...silentFunctions(`${REPORTS} basicConfig disable captureWarnings addLevelName shutdown`),
    ['Logger', logger],
    ['LoggerAdapter', logger],
    ['root', root],
    method('getLogger', 'name=None', () => root),
    method('getLevelName', 'level', machine => machine.unknown('the level is not known')),
    ...['Handler', 'StreamHandler', 'FileHandler', 'NullHandler', 'Formatter', 'Filter'].map(
      (name): Entry => [name, handler],
    ),
  ];
}

export const timeNames: readonly Entry[] = [
  ...silentFunctions('sleep tzset'),
  ...unknownNames(
    'the time is not known',
    'time perf_counter perf_counter_ns monotonic process_time time_ns strftime localtime gmtime ctime asctime mktime strptime',
  ),
];

const DRAWS =
  'random uniform randint randrange gauss normalvariate choice choices sample betavariate expovariate triangular ' +
  'lognormvariate getrandbits vonmisesvariate gammavariate paretovariate weibullvariate getstate';

/** Python's own generator is another one than torch's: what it gives is not known, and nothing else changes. */
export function randomNames(m: Machine): Entry[] {
  const draws = drawing('');
  const cls = classOf(m, 'random', 'Random', [method('__init__', 'self, x=None', () => null), ...drawing('self, ')]);
  return [...draws, ['Random', cls], ['SystemRandom', cls]];
}

function drawing(self: string): Entry[] {
  const take = (bound: readonly Value[]): readonly Value[] => (self === '' ? bound : bound.slice(1));
  return [
    ...DRAWS.split(' ').map(name =>
      method(name, `${self}*args, **kwargs`, (m, ...bound) => drawn(m, name, (take(bound)[0] as Tuple).items)),
    ),
    method('seed', `${self}*args, **kwargs`, () => null),
    method('setstate', `${self}state`, () => null),
    method('shuffle', `${self}x`, (m, ...bound) => {
      shuffle(m, take(bound)[0]!);
      return null;
    }),
  ];
}

/** What has no weights is not known any more; what has stays in its place, and that is noted. */
export function shuffle(m: Machine, list: Value): void {
  if (!(list instanceof List) || list.items.length < 2) return;
  const reason = 'the order of a shuffled list is not known';
  if (list.items.some(it => isWeighty(m, it))) m.incomplete(reason);
  else {
    m.touch(list);
    list.items = list.items.map(() => m.unknown(reason));
  }
}

/** A choice of one is known. */
function drawn(m: Machine, name: string, args: readonly Value[]): Value {
  const [first] = args;
  if (name === 'choice' && first !== undefined && !(first instanceof Unknown)) {
    const items = collect(m, first);
    if (items.length === 1) return items[0]!;
  }
  return m.unknown(`\`random.${name}\` draws from Python's own generator`);
}
