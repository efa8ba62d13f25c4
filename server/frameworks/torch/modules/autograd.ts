/** `torch.autograd` and checkpointing: functions of the user's own that run as they are written. */
import { collect } from '../../../interpreter/builtins/list.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native, nativeClass, rawNative } from '../../../interpreter/native.js';
import {
  type Arguments,
  type ClassValue,
  Descriptor,
  Instance,
  List,
  Tuple,
  type Value,
} from '../../../interpreter/values.js';
import { itemsOf } from '../arguments.js';
import { parameterShownBy } from '../graph.js';
import { opaqueResult } from '../operations/results.js';
import { torchOf } from '../state.js';
import { isTensor } from '../tensor.js';
import { type Named, nothing, same, unknownValue } from './names.js';

/** Under this name, tensors that `forward` says it has changed, as by compiled code. */
const CHANGED = ' changed';

/** What `forward` keeps for `backward`, which is never run. */
const contextClass = nativeClass(
  'FunctionCtx',
  'torch.autograd.function',
  [],
  [
    nothing('save_for_backward'),
    [
      'mark_dirty',
      rawNative('mark_dirty', (_, { positional: [context, ...changed] }) => {
        (context as Instance).attributes.set(CHANGED, new Tuple(changed));
        return null;
      }),
    ],
    nothing('mark_non_differentiable'),
    nothing('set_materialize_grads'),
  ],
);

const apply = rawNative('apply', (machine, { positional, keywords }) => {
  const [cls, ...args] = positional;
  return applyFunction(machine, cls as ClassValue, { positional: args, keywords });
});

function applyFunction(machine: Machine, cls: ClassValue, { positional, keywords }: Arguments): Value {
  const forward = machine.getAttribute(cls, 'forward');
  const takesContext = machine.findAttribute(cls, 'setup_context') === undefined;
  const context = new Instance(contextClass);
  const result = withoutGradients(machine, () =>
    machine.call(forward, takesContext ? [context, ...positional] : positional, keywords),
  );
  attach(machine, result, positional);
  const changed = itemsOf(machine, context.attributes.get(CHANGED))?.filter(isTensor) ?? [];
  return isTensor(result) && changed.includes(result) ? opaqueResult(machine, cls.name, changed, result.shape) : result;
}

/** `forward` runs as under `no_grad`. */
function withoutGradients<T>(machine: Machine, run: () => T): T {
  const torch = torchOf(machine);
  const before = torch.gradEnabled;
  torch.gradEnabled = false;
  try {
    return run();
  } finally {
    torch.gradEnabled = before;
  }
}

/** What comes out is no leaf, whatever `forward` made it of: gradients go through `backward`. */
function attach(machine: Machine, result: Value, inputs: readonly Value[]): void {
  if (result instanceof Tuple) for (const item of result.items) attach(machine, item, inputs);
  if (!isTensor(result) || inputs.includes(result) || parameterShownBy(result) !== undefined) return;
  machine.touch(result);
  result.requiresGrad = torchOf(machine).gradEnabled && inputs.some(it => isTensor(it) && it.requiresGrad);
  result.isLeaf = !result.requiresGrad;
}

export const functionClass = nativeClass(
  'Function',
  'torch.autograd.function',
  [],
  [['apply', new Descriptor('classmethod', apply)]],
);

/** A tensor of its own, with the same memory and none of the history. */
function asVariable(machine: Machine, data: Value, requiresGrad: Value): Value {
  if (!isTensor(data)) return data;
  const variable = machine.callMethod(data, 'detach');
  if (requiresGrad === true && isTensor(variable)) {
    machine.touch(variable);
    variable.requiresGrad = true;
  }
  return variable;
}

/** The name that tensors had when they recorded gradients: every tensor is one. */
const variableClass = nativeClass(
  'Variable',
  'torch.autograd.variable',
  [],
  [
    [
      '__new__',
      native('__new__', 'cls, data=None, requires_grad=False, volatile=False', (machine, _, data, requiresGrad) =>
        asVariable(machine, data!, requiresGrad!),
      ),
    ],
  ],
);
variableClass.metaclass = nativeClass(
  'VariableMeta',
  'torch.autograd.variable',
  [],
  [
    [
      '__instancecheck__',
      native('__instancecheck__', 'cls, instance', (machine, _, value) => {
        return machine.isInstance(value!, torchOf(machine).classes.tensor) ?? machine.unknown('its type');
      }),
    ],
  ],
);

export const autogradNames: readonly Named[] = [
  ['Function', functionClass],
  ['Variable', variableClass],
  unknownValue('grad', 'a gradient'),
  [
    'backward',
    rawNative('backward', machine => {
      torchOf(machine).hasGradients = true;
      return null;
    }),
  ],
  nothing('set_detect_anomaly'),
  same('once_differentiable'),
];

/** `checkpoint(fn, *args)` is `fn(*args)`. */
export const checkpointNames: readonly Named[] = [
  [
    'checkpoint',
    rawNative('checkpoint', (machine, { positional: [fn, ...args], keywords }) => {
      const own = ['use_reentrant', 'preserve_rng_state', 'context_fn', 'determinism_check', 'debug'];
      const rest = new Map([...keywords].filter(([name]) => !own.includes(name)));
      return machine.call(fn!, args, rest);
    }),
  ],
  [
    'checkpoint_sequential',
    native('checkpoint_sequential', 'functions, segments, input, **kwargs', (machine, functions, _, input) => {
      const items = itemsOf(machine, functions) ?? collect(machine, functions ?? new List([]));
      return items.reduce((signal, fn) => machine.call(fn, [signal]), input!);
    }),
  ],
];
