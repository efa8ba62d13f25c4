/** `einops`: shapes are not worked out, but the forward graph stays connected. */
import { inputsOf } from '../builtins/define.js';
import { collect } from '../builtins/list.js';
import type { Machine } from '../machine.js';
import { ClassValue, ModuleValue, Tuple, type Unknown, type Value } from '../values.js';
import { type Entry, method } from './define.js';

export const einopsNames: readonly Entry[] = [
  'rearrange',
  'reduce',
  'repeat',
  'einsum',
  'pack',
  'unpack',
  'asnumpy',
  'parse_shape',
].map(name => method(name, '*args, **kwargs', (m, args) => rearranged(m, name, args!)));

/** Layers without parameters. */
export function einopsLayerNames(m: Machine): Entry[] {
  return ['Rearrange', 'Reduce', 'EinMix'].map(name => [name, layer(m, name)]);
}

function rearranged(m: Machine, name: string, args: Value): Unknown {
  const given = (args as Tuple).items.flatMap(it => (isList(it) ? collect(m, it) : [it]));
  const inputs = inputsOf(given);
  return m.unknown(`the shape that \`${name}\` gives is not worked out`, inputs.length > 0 ? { inputs } : {});
}

const isList = (value: Value): boolean =>
  value !== null && typeof value === 'object' && 'items' in value && Array.isArray(value.items);

function layer(m: Machine, name: string): Value {
  const nn = m.importModule('torch.nn');
  const base = nn instanceof ModuleValue ? m.findAttribute(nn, 'Module') : undefined;
  if (!(base instanceof ClassValue) || name === 'EinMix')
    return m.unknown(`\`einops\` layer \`${name}\` is not followed`);
  const body = new Map<string, Value>([
    method('__init__', 'self, pattern, *args, **axes', (machine, self) => {
      machine.call(machine.getAttribute(base, '__init__'), [self!]);
      return null;
    }),
    method('forward', 'self, input', (machine, _, input) => rearranged(machine, name, new Tuple([input!]))),
  ]);
  return m.createClass(name, [base], body, 'einops.layers.torch');
}
