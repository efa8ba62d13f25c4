/** Modes that code runs in: without gradients, with a generator put back afterwards. */
import type { Machine } from '../../interpreter/machine.js';
import { native, nativeClass, rawNative } from '../../interpreter/native.js';
import { ClassValue, Func, Instance, type NativeFunction, Unknown, type Value } from '../../interpreter/values.js';
import { numberValue } from './arguments.js';
import { control } from './descriptions.js';
import { torchOf } from './state.js';
import { logDraw } from './writes.js';

interface Mode {
  readonly name: string;
  /** The constructor's parameters. */
  readonly signature: string;
  /** Whether gradients are followed inside; `given` is the constructor's argument. */
  enables(given: Value): boolean;
  /** `set_grad_enabled` acts when it is called. */
  readonly isImmediate?: boolean;
}

const modes: readonly Mode[] = [
  { name: 'no_grad', signature: '', enables: () => false },
  { name: 'enable_grad', signature: '', enables: () => true },
  { name: 'inference_mode', signature: 'mode=True', enables: mode => mode === false },
  { name: 'set_grad_enabled', signature: 'mode', enables: mode => mode !== false, isImmediate: true },
];

export const gradModes = modes.map((mode): readonly [string, ClassValue] => [mode.name, modeClass(mode)]);

function modeClass(mode: Mode): ClassValue {
  const parameters = ['cls', 'given=None'].join(', ');
  return nativeClass(
    mode.name,
    'torch.autograd.grad_mode',
    [],
    [
      [
        '__new__',
        native('__new__', parameters, (machine, cls, given) => make(machine, mode, cls as ClassValue, given!)),
      ],
      ['__init__', native('__init__', 'self, *args, **kwargs', () => null)],
      ['__enter__', native('__enter__', 'self', (machine, self) => enter(machine, self as Instance))],
      ['__exit__', native('__exit__', 'self, *args', (machine, self) => leave(machine, self as Instance))],
      [
        '__call__',
        native('__call__', 'self, fn', (machine, self, fn) =>
          decorated(machine, (self as Instance).attributes.get('_enables') === true, fn!),
        ),
      ],
      ['clone', native('clone', 'self', (_, self) => self!)],
    ],
  );
}

/** `@torch.no_grad` without parentheses gets the function itself. */
function make(machine: Machine, mode: Mode, cls: ClassValue, given: Value): Value {
  if (given instanceof Func) return decorated(machine, mode.enables(true), given);
  const torch = torchOf(machine);
  const instance = new Instance(cls);
  instance.attributes.set('_before', torch.gradEnabled);
  instance.attributes.set('_enables', mode.enables(given));
  if (mode.isImmediate === true) torch.gradEnabled = mode.enables(given);
  return instance;
}

function enter(machine: Machine, self: Instance): Value {
  const torch = torchOf(machine);
  self.attributes.set('_before', torch.gradEnabled);
  torch.gradEnabled = self.attributes.get('_enables') === true;
  return null;
}

function leave(machine: Machine, self: Instance): Value {
  torchOf(machine).gradEnabled = self.attributes.get('_before') === true;
  return false;
}

function decorated(machine: Machine, enables: boolean, fn: Value): Value {
  if (fn instanceof ClassValue || fn instanceof Unknown) return fn;
  const name = machine.findAttribute(fn, '__name__');
  return rawNative(typeof name === 'string' ? name : 'wrapped', (inner, args) => {
    const torch = torchOf(inner);
    const before = torch.gradEnabled;
    torch.gradEnabled = enables;
    try {
      return inner.callWith(fn, args);
    } finally {
      torch.gradEnabled = before;
    }
  });
}

/** `fork_rng`: the generator is as it was before when the block ends. */
const forkRng = nativeClass(
  'fork_rng',
  'torch.random',
  [],
  [
    ['__init__', native('__init__', 'self, *args, **kwargs', () => null)],
    [
      '__enter__',
      native('__enter__', 'self', (machine, self) => {
        const state = machine.nextOrder();
        (self as Instance).attributes.set('_state', state);
        logDraw(machine, control(machine, 'save_state', [state]));
        return null;
      }),
    ],
    [
      '__exit__',
      native('__exit__', 'self, *args', (machine, self) => {
        logDraw(
          machine,
          control(machine, 'restore_state', [numberValue((self as Instance).attributes.get('_state')) ?? Number.NaN]),
        );
        return false;
      }),
    ],
  ],
);

/** A state of the generator, kept in a tensor of bytes as far as Python sees. */
function savedState(machine: Machine): Value {
  const state = machine.nextOrder();
  logDraw(machine, control(machine, 'save_state', [state]));
  const holder = new Instance(machine.builtins.objectClass);
  holder.attributes.set('_state', state);
  return holder;
}

function restoreState(machine: Machine, holder: Value): Value {
  const state = holder instanceof Instance ? numberValue(holder.attributes.get('_state')) : undefined;
  logDraw(machine, control(machine, 'restore_state', [state ?? Number.NaN]));
  return null;
}

const generatorFunctions: readonly NativeFunction[] = [
  native('manual_seed', 'seed', (machine, seed) => {
    const draw = control(machine, 'manual_seed', [numberValue(seed) ?? Number.NaN]);
    logDraw(machine, draw);
    const [value] = draw.args;
    if (machine.frame && draw.site && !Number.isNaN(value)) {
      torchOf(machine).seeds.set(machine.frame, { site: draw.site, value: value! });
    }
    return machine.unknown('the default generator');
  }),
  native('seed', '', machine => {
    logDraw(machine, control(machine, 'manual_seed', [Number.NaN]));
    return machine.unknown('a random seed');
  }),
  native('initial_seed', '', machine => machine.unknown('the seed')),
  native('get_rng_state', 'device=None', savedState),
  native('set_rng_state', 'new_state, device=None', (machine, state) => restoreState(machine, state!)),
];

export const randomNames: readonly (readonly [string, Value])[] = [
  ...generatorFunctions.map((it): readonly [string, Value] => [it.name, it]),
  ['fork_rng', forkRng],
];

export const gradFunctions: readonly NativeFunction[] = [
  native('is_grad_enabled', '', machine => torchOf(machine).gradEnabled),
  native('is_inference_mode_enabled', '', () => false),
];
