/** What is called before and behind a module's forward. */
import { store } from '../../../interpreter/builtins/dict.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native, nativeClass } from '../../../interpreter/native.js';
import { Dict, Instance, type NativeFunction, Tuple, type Value } from '../../../interpreter/values.js';

const handleClass = nativeClass(
  'RemovableHandle',
  'torch.utils.hooks',
  [],
  [
    [
      'remove',
      native('remove', 'self', (machine, self) => {
        const { attributes } = self as Instance;
        const [hooks, id] = [attributes.get('_hooks'), attributes.get('id')];
        if (!(hooks instanceof Dict)) return null;
        machine.touch(hooks);
        hooks.entries.delete(id as number);
        return null;
      }),
    ],
    ['__enter__', native('__enter__', 'self', (_, self) => self!)],
    ['__exit__', native('__exit__', 'self, *args', (machine, self) => machine.callMethod(self!, 'remove'))],
  ],
);

/** They are kept where torch keeps them, under numbers that grow. */
export const hookNatives: readonly NativeFunction[] = ['pre_', ''].map(kind =>
  native(
    `register_forward_${kind}hook`,
    'self, hook, *, prepend=False, with_kwargs=False, always_call=False',
    (machine, self, hook) => {
      const hooks = machine.getAttribute(self!, `_forward_${kind}hooks`);
      const id = machine.nextOrder();
      if (hooks instanceof Dict) store(machine, hooks, id, hook!);
      const handle = new Instance(handleClass);
      handle.attributes.set('_hooks', hooks).set('id', id);
      return handle;
    },
  ),
);

/** Where a forward is evaluated for its graph, it is as if a later one ran; only what runs in the code itself calls them. */
function hooksOf(machine: Machine, self: Value, table: string): readonly Value[] {
  if (!machine.strict || machine.flags.context === 'forward' || !(self instanceof Instance)) return [];
  const hooks = self.attributes.get(table);
  return hooks instanceof Dict ? [...hooks.entries.values()].map(([, hook]) => hook) : [];
}

/** The arguments of forward, which a hook may replace. */
export function beforeForward(machine: Machine, self: Value, given: readonly Value[]): readonly Value[] {
  let inputs = given;
  for (const hook of hooksOf(machine, self, '_forward_pre_hooks')) {
    const answer = machine.call(hook, [self, new Tuple([...inputs])]);
    if (answer !== null) inputs = answer instanceof Tuple ? answer.items : [answer];
  }
  return inputs;
}

/** What forward has answered, which a hook may replace. */
export function afterForward(machine: Machine, self: Value, given: readonly Value[], result: Value): Value {
  let output = result;
  for (const hook of hooksOf(machine, self, '_forward_hooks')) {
    output = machine.call(hook, [self, new Tuple([...given]), output]) ?? output;
  }
  return output;
}
