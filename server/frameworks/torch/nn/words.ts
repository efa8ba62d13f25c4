/** The few functions that the table of layers calls. */
import { collect } from '../../../interpreter/builtins/list.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native, rawNative } from '../../../interpreter/native.js';
import { Instance, List, Symbolic, Tuple, Unknown, type Value } from '../../../interpreter/values.js';

/** `ntuple(3, 2)` is (3, 3); what can be iterated keeps its items, and so does a word such as 'same'. */
export const ntuple = native('ntuple', 'value, count', (machine, value, count) => {
  if (typeof value === 'string' || typeof count !== 'number') return value!;
  if (isIterable(machine, value!)) return new Tuple(collect(machine, value!));
  return new Tuple(Array.from({ length: count }, () => value!));
});

function isIterable(machine: Machine, value: Value): boolean {
  if (value instanceof Tuple || value instanceof List) return true;
  if (value === null || value instanceof Unknown || value instanceof Symbolic) return false;
  return value instanceof Instance && machine.findMethod(value, '__iter__') !== undefined;
}

export const product = native('product', 'values', (machine, values) =>
  collect(machine, values!).reduce<Value>((a, b) => machine.binary('*', a, b), 1),
);

const length = native(
  'len',
  'value',
  (machine, value) => machine.listOf(value!)?.length ?? machine.unknown('it is not known'),
);

/** TransformerEncoder's layers: deep copies, all of which start equal. */
const clones = rawNative('clones', (machine, { positional: [layer, count] }) => {
  const copy = machine.getAttribute(machine.importModule('copy'), 'deepcopy');
  const times = typeof count === 'number' ? count : 1;
  return machine.call(machine.getAttribute(machine.importModule('torch.nn'), 'ModuleList'), [
    new List(Array.from({ length: times }, () => machine.call(copy, [layer!]))),
  ]);
});

/** The activation of a Transformer layer: given by name, by function, or ReLU. */
const activationOf = native('activation_of', 'given', (machine, given) => {
  const name = given === null ? 'relu' : given!;
  if (typeof name !== 'string') return name;
  return machine.getAttribute(machine.importModule('torch.nn.functional'), name);
});

/** The clusters of the adaptive softmax: each projects down, then to its classes. */
const adaptiveTail = native('adaptive_tail', 'in_features, cutoffs, div_value', (machine, width, cutoffs, divisor) => {
  const nn = machine.importModule('torch.nn');
  const make = (name: string, ...args: Value[]) => machine.call(machine.getAttribute(nn, name), args);
  const bounds = machine.listOf(cutoffs!) ?? [];
  const clusters = bounds.slice(1).map((end, i) => {
    const hidden = machine.binary('//', width!, machine.binary('**', divisor!, i + 1));
    const whole = machine.call(machine.builtins.intClass, [hidden]);
    const classes = machine.binary('-', end, bounds[i]!);
    const [down, up] = [make('Linear', width!, whole, false), make('Linear', whole, classes, false)];
    return make('Sequential', down, up);
  });
  return make('ModuleList', new List(clusters));
});

const isWord = native('is_word', 'value', (machine, value) =>
  value instanceof Unknown ? machine.unknown('it is not known') : typeof value === 'string',
);

/** Whether numbers rise, from above 0 and below an end. */
const risesWithin = native('rises_within', 'values, end', (machine, values, end) => {
  const bounds = [0, ...(machine.listOf(values!) ?? []), end!];
  if (bounds.some(it => typeof it !== 'number')) return machine.unknown('it is not known');
  return bounds.every((it, i) => i === 0 || (it as number) > (bounds[i - 1] as number));
});

const words: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['ntuple', ntuple],
  ['product', product],
  ['len', length],
  ['is_word', isWord],
  ['rises_within', risesWithin],
  ['clones', clones],
  ['activation_of', activationOf],
  ['adaptive_tail', adaptiveTail],
]);

export const wordNamed = (name: string): Value | undefined => words.get(name);
