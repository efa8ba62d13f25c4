/** `warnings` and `logging`: what they say is not heard. */
import { type Entry, lenient } from '../builtins/define.js';
import { type ModuleTable, method, silentFunctions } from '../library/define.js';
import type { Machine } from '../machine.js';
import { nativeClass } from '../native.js';
import { type ClassValue, Instance } from '../values.js';

export const warnings: ModuleTable = m => [
  ...silentFunctions('warn warn_explicit simplefilter filterwarnings resetwarnings showwarning formatwarning'),
  [
    'catch_warnings',
    nativeClass(
      'catch_warnings',
      'warnings',
      [m.builtins.objectClass],
      [
        method('__init__', 'self, **kwargs', () => null),
        method('__enter__', 'self', () => null),
        method('__exit__', 'self, *details', () => false),
      ],
    ),
  ],
  lenient('deprecated', 'message, /, **kwargs', (machine, _) => machine.builtins.names.get('staticmethod') ?? null),
];

const levels: readonly Entry[] = [
  ['CRITICAL', 50],
  ['FATAL', 50],
  ['ERROR', 40],
  ['WARNING', 30],
  ['WARN', 30],
  ['INFO', 20],
  ['DEBUG', 10],
  ['NOTSET', 0],
];
const speak =
  'debug info warning warn error critical fatal exception log basicConfig setLevel addHandler removeHandler ' +
  'addFilter setFormatter disable shutdown captureWarnings addLevelName flush close emit warning_once';

export const logging: ModuleTable = m => {
  const logger = loggerClass(m);
  return [
    ...levels,
    ...silentFunctions(speak),
    ['Logger', logger],
    lenient('getLogger', 'name=None', () => new Instance(logger)),
    lenient('getLevelName', 'level', () => 'INFO'),
    ...'StreamHandler FileHandler NullHandler Formatter Handler Filter LoggerAdapter'
      .split(' ')
      .map((name): Entry => [name, quietClass(m, name)]),
  ];
};

function loggerClass(m: Machine): ClassValue {
  return nativeClass(
    'Logger',
    'logging',
    [m.builtins.objectClass],
    [
      method('__init__', 'self, *args, **kwargs', () => null),
      ...silentMethods(speak),
      method('isEnabledFor', 'self, level', () => false),
      method('getEffectiveLevel', 'self', () => 30),
      method('hasHandlers', 'self', () => false),
      method('getChild', 'self, suffix', (_, self) => self!),
      method('__getattr__', 'self, name', (machine, _, name) => machine.unknown(`\`${String(name)}\` of a logger`)),
    ],
  );
}

const silentMethods = (names: string): readonly Entry[] =>
  names.split(' ').map(name => method(name, 'self, *args, **kwargs', () => null));

function quietClass(m: Machine, name: string): ClassValue {
  return nativeClass(
    name,
    'logging',
    [m.builtins.objectClass],
    [method('__init__', 'self, *args, **kwargs', () => null), ...silentMethods(speak)],
  );
}
