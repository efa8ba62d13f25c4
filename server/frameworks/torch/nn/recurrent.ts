/** Stacked recurrent layers: their parameters by layer and direction, and what their forward answers. */
import type { Size } from '../../../../core/size.js';
import type { Machine } from '../../../interpreter/machine.js';
import { sizeOf, valueOfSize } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { Descriptor, List, type NativeFunction, Tuple, type Value } from '../../../interpreter/values.js';
import { isMissing, numberValue } from '../arguments.js';
import { drawMask } from '../functional/dropout.js';
import { resultOf } from '../operations/results.js';
import { torchOf } from '../state.js';
import { isTensor, type Shape } from '../tensor.js';
import { type ModuleInstance, membersOf } from './instance.js';
import type { ParameterRow } from './row.js';

const gatesOf: Readonly<Record<string, number>> = { LSTM: 4, GRU: 3, RNN_TANH: 1, RNN_RELU: 1 };

/** Rows over the module's own attributes, in torch's order: layer by layer, forward before backward. */
export function stackedParameters(machine: Machine, self: ModuleInstance): readonly ParameterRow[] {
  const { layers, directions } = extentOf(machine, self);
  const gates = gatesOf[String(self.own('mode'))] ?? 1;
  const isProjected = self.own('proj_size') !== 0;
  return Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: directions }, (_, direction) =>
      parametersOfLayer({
        layer,
        suffix: `_l${layer}${direction === 1 ? '_reverse' : ''}`,
        gates,
        directions,
        isProjected,
      }),
    ),
  ).flat(2);
}

interface Extent {
  readonly layers: number;
  readonly directions: number;
}

/** Where their number is not known, one layer stands for all. */
function extentOf(machine: Machine, self: ModuleInstance): Extent {
  const layers = self.own('num_layers');
  const bidirectional = self.own('bidirectional');
  if (typeof layers !== 'number') machine.inexact('the number of recurrent layers is not known');
  if (typeof bidirectional !== 'boolean') machine.inexact('it is not known whether the layer is bidirectional');
  return { layers: typeof layers === 'number' ? layers : 1, directions: bidirectional === true ? 2 : 1 };
}

interface Stacked {
  readonly layer: number;
  readonly suffix: string;
  readonly gates: number;
  readonly directions: number;
  readonly isProjected: boolean;
}

function parametersOfLayer({ layer, suffix, gates, directions, isProjected }: Stacked): readonly ParameterRow[] {
  const rows = `${gates} * hidden_size`;
  const output = isProjected ? 'proj_size' : 'hidden_size';
  const input = layer === 0 ? 'input_size' : `${directions} * ${output}`;
  const start = 'hidden_uniform';
  const bias = (name: string): ParameterRow => ({
    name: name + suffix,
    kind: 'bias',
    shape: `(${rows},)`,
    when: 'bias',
    start,
  });
  const weight = (name: string, kind: 'weight' | 'recurrent', width: string): ParameterRow => ({
    name: name + suffix,
    kind,
    shape: `(${rows}, ${width})`,
    start,
    fans: `${width}, hidden_size`,
  });
  const projection: ParameterRow = {
    name: `weight_hr${suffix}`,
    kind: 'weight',
    shape: '(proj_size, hidden_size)',
    start,
    fans: 'hidden_size, proj_size',
  };
  return [
    weight('weight_ih', 'weight', input),
    weight('weight_hh', 'recurrent', output),
    bias('bias_ih'),
    bias('bias_hh'),
    ...(isProjected ? [projection] : []),
  ];
}

// ── forward ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export const stackedNatives: readonly NativeFunction[] = [
  native('forward', 'self, input, hx=None', (machine, self, input, states) =>
    forward(machine, self as ModuleInstance, input!, states),
  ),
  native('flatten_parameters', 'self', () => null),
];

/** Names, and the parameters behind them: in lists of layers and directions, and one behind the other. */
export const stackedProperties: readonly (readonly [string, Value])[] = [
  listed('_all_weights', (machine, self) => new List(namesByLayer(machine, self).map(it => new List([...it])))),
  listed('_flat_weights_names', (machine, self) => new List(namesByLayer(machine, self).flat())),
  listed('all_weights', (machine, self) => {
    const weights = namesByLayer(machine, self).map(it => it.map(name => machine.getAttribute(self, name)));
    return new List(weights.map(it => new List(it)));
  }),
  listed('_flat_weights', (machine, self) => {
    const names = namesByLayer(machine, self).flat();
    return new List(names.map(name => machine.getAttribute(self, name)));
  }),
];

function listed(name: string, list: (machine: Machine, self: ModuleInstance) => List): readonly [string, Value] {
  return [
    name,
    new Descriptor(
      'property',
      native(name, 'self', (machine, self) => list(machine, self as ModuleInstance)),
    ),
  ];
}

/** Without biases where there are none. */
function namesByLayer(machine: Machine, self: ModuleInstance): readonly string[][] {
  const layers = new Map<string, string[]>();
  for (const { name } of stackedParameters(machine, self)) {
    if (name.startsWith('bias') && self.own('bias') === false) continue;
    const suffix = name.slice(name.indexOf('_l'));
    layers.set(suffix, [...(layers.get(suffix) ?? []), name]);
  }
  return [...layers.values()];
}

export const cellNatives: readonly NativeFunction[] = [
  native('forward', 'self, input, hx=None', (machine, self, input, states) =>
    forwardOfCell(machine, self as ModuleInstance, input!, states),
  ),
];

/** The output keeps the input's axes but the last; the states are (layers · directions, batch, hidden). */
function forward(machine: Machine, self: ModuleInstance, input: Value, given: Value | undefined): Value {
  const { layers, directions } = extentOf(machine, self);
  const shape = isTensor(input) ? input.shape : undefined;
  const hidden = sizeOf(self.own('hidden_size') ?? null);
  const projected = self.own('proj_size');
  const width = projected === 0 || projected === undefined ? hidden : sizeOf(projected);
  const batch = shape?.at(self.own('batch_first') === true ? 0 : 1);
  const states = (size: Size | undefined): Shape =>
    shape && (shape.length === 3 ? [layers * directions, batch, size] : [layers * directions, size]);
  const total = width === undefined ? undefined : sizeOf(machine.binary('*', valueOfSize(width), directions));
  const answer = (result: Result, wanted: Shape) => answerOf(machine, self, [input, given], result, wanted);
  dropBetween(machine, self, layers, shape && [...shape.slice(0, -1), total]);
  const output = answer('output', shape && [...shape.slice(0, -1), total]);
  const isLong = self.own('mode') === 'LSTM';
  const last = answer('hidden', states(width));
  const state = isLong ? new Tuple([last, answer('cell', states(hidden))]) : last;
  return new Tuple([output, state]);
}

/** While training, all that a layer hands to the next is dropped at random. */
function dropBetween(machine: Machine, self: ModuleInstance, layers: number, shape: Shape): void {
  if (self.own('training') !== true) return;
  const { hasPacked } = torchOf(machine);
  const probability = numberValue(self.own('dropout'));
  for (let layer = 1; layer < layers; layer++) drawMask(machine, hasPacked ? undefined : shape, probability);
}

function forwardOfCell(machine: Machine, self: ModuleInstance, input: Value, given: Value | undefined): Value {
  const shape = isTensor(input) ? input.shape : undefined;
  const hidden = sizeOf(self.own('hidden_size') ?? null);
  const answer = (result: Result) =>
    answerOf(machine, self, [input, given], result, shape && [...shape.slice(0, -1), hidden]);
  const isLong = self.cls.mro.some(it => it.name === 'LSTMCell');
  const next = answer('hidden');
  return isLong ? new Tuple([next, answer('cell')]) : next;
}

type Result = 'output' | 'hidden' | 'cell';

/** One operation for each of its results; those of one call have the same inputs. */
function answerOf(
  machine: Machine,
  self: ModuleInstance,
  [input, states]: readonly [Value, Value | undefined],
  result: Result,
  shape: Shape,
): Value {
  const name = self.cls.mro.find(it => it.moduleName === 'torch.nn.modules.rnn')?.name ?? self.cls.name;
  const parameters = membersOf(self, '_parameters').map(([, value]) => value);
  return torchOf(machine).graph.within(self, name, () =>
    resultOf(machine, {
      kind: 'layer',
      name,
      inputs: [input, ...parameters, ...(isMissing(states) ? [] : [states])],
      shape,
      settings: [['result', result]],
    }),
  );
}
