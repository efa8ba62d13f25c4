/** Convolutions and pooling: shapes where sizes are known, layers and pools of the graph. */
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { List, type NativeFunction, Tuple, type Value } from '../../../interpreter/values.js';
import { isMissing, itemsOf, sizeValue } from '../arguments.js';
import type { Setting } from '../graph.js';
import { named } from '../operations/reductions.js';
import { resultOf } from '../operations/results.js';
import { unwindowed, type Window, windowed } from '../shapes.js';
import { isTensor, newTensor, type Shape } from '../tensor.js';
import { drawInto } from '../writes.js';

type Axis = NonNullable<Shape>[number];

/** One value for every axis of the window, or one for all. */
function perAxis(machine: Machine, value: Value | undefined, dimensions: number): readonly Axis[] {
  const items = itemsOf(machine, value);
  if (items === undefined) return Array.from({ length: dimensions }, () => sizeValue(value));
  if (items.length === 1) return Array.from({ length: dimensions }, () => sizeValue(items[0]));
  return items.map(it => sizeValue(it));
}

const plainSettings = (
  settings: Readonly<Record<string, Value | undefined>>,
): readonly (readonly [string, Setting])[] =>
  Object.entries(settings).flatMap(([name, value]) => {
    const plain = plainSetting(value);
    return plain === undefined ? [] : [[name, plain] as const];
  });

/** One number for all axes, or one for each: `3×1`. */
function plainSetting(value: Value | undefined): Setting | undefined {
  if (value instanceof Tuple || value instanceof List) {
    if (value.items.length === 0 || !value.items.every(it => typeof it === 'number')) return undefined;
    const [first, ...rest] = value.items;
    return rest.every(it => it === first) ? (first as number) : value.items.join('×');
  }
  const isPlain = typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
  return isPlain || value === null ? value : undefined;
}

function convolution(dimensions: number): NativeFunction {
  const name = `conv${dimensions}d`;
  return native(
    name,
    'input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1',
    (machine, input, weight, bias, stride, padding, dilation, groups) =>
      resultOf(machine, {
        kind: 'layer',
        name,
        inputs: [input!, weight!, bias!],
        shape: convolved(machine, dimensions, {
          input: input!,
          weight: weight!,
          stride: stride!,
          padding: padding!,
          dilation: dilation!,
        }),
        settings: plainSettings({ stride, padding, dilation, groups }),
      }),
  );
}

interface Convolution {
  readonly input: Value;
  readonly weight: Value;
  readonly stride: Value;
  readonly padding: Value;
  readonly dilation: Value;
}

function convolved(machine: Machine, dimensions: number, given: Convolution): Shape {
  const from = shapeOf(given.input);
  const kernel = shapeOf(given.weight);
  if (from === undefined || kernel === undefined) return undefined;
  const [strides, dilations] = [
    perAxis(machine, given.stride, dimensions),
    perAxis(machine, given.dilation, dimensions),
  ];
  const paddings = paddingOf(machine, given.padding, dimensions);
  const before = from.slice(0, -dimensions - 1);
  const spatial = from
    .slice(-dimensions)
    .map((size, i) =>
      given.padding === 'same'
        ? size
        : windowed(size, { kernel: kernel[i + 2], stride: strides[i], padding: paddings[i], dilation: dilations[i] }),
    );
  return [...before, kernel[0], ...spatial];
}

function paddingOf(machine: Machine, padding: Value, dimensions: number): readonly Axis[] {
  return perAxis(machine, padding === 'valid' ? 0 : padding, dimensions);
}

function transposed(dimensions: number): NativeFunction {
  const name = `conv_transpose${dimensions}d`;
  return native(
    name,
    'input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1',
    (machine, input, weight, bias, stride, padding, outputPadding, groups, dilation) => {
      const [from, kernel] = [shapeOf(input!), shapeOf(weight!)];
      const each = (value: Value | undefined) => perAxis(machine, value, dimensions);
      const [strides, paddings, extra, dilations] = [each(stride), each(padding), each(outputPadding), each(dilation)];
      const channels =
        kernel?.[1] === undefined ? undefined : sizeValue(machine.binary('*', asValue(machine, kernel[1]), groups!));
      const spatial = from?.slice(-dimensions).map((size, i) => {
        const window: Window = {
          kernel: kernel?.[i + 2],
          stride: strides[i],
          padding: paddings[i],
          dilation: dilations[i],
        };
        return unwindowed(size, window, extra[i]);
      });
      return resultOf(machine, {
        kind: 'layer',
        name,
        inputs: [input!, weight!, bias!],
        shape: from && spatial && [...from.slice(0, -dimensions - 1), channels, ...spatial],
        settings: plainSettings({ stride, padding, groups, dilation }),
      });
    },
  );
}

const asValue = (machine: Machine, size: Axis): Value => (typeof size === 'number' ? size : machine.unknown('a size'));

const shapeOf = (value: Value): Shape => (isTensor(value) ? value.shape : undefined);

interface Pool {
  readonly name: string;
  readonly dimensions: number;
  readonly signature: string;
}

const pools: readonly Pool[] = [1, 2, 3].flatMap(dimensions => [
  {
    name: `max_pool${dimensions}d`,
    dimensions,
    signature: 'input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False',
  },
  {
    name: `avg_pool${dimensions}d`,
    dimensions,
    signature:
      'input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None',
  },
  {
    name: `lp_pool${dimensions}d`,
    dimensions,
    signature: 'input, norm_type, kernel_size, stride=None, ceil_mode=False',
  },
]);

function pool({ name, dimensions, signature }: Pool): NativeFunction {
  const made: NativeFunction = native(name, signature, (machine, input, ...bound) => {
    const { parameters } = made.signature!;
    const argument = (wanted: string) => bound[parameters.findIndex(it => it.name === wanted) - 1];
    const kernel = perAxis(machine, argument('kernel_size'), dimensions);
    const stride =
      isMissing(argument('stride')) || itemsOf(machine, argument('stride'))?.length === 0
        ? kernel
        : perAxis(machine, argument('stride'), dimensions);
    const padding = perAxis(machine, argument('padding') ?? 0, dimensions);
    const dilation = perAxis(machine, argument('dilation') ?? 1, dimensions);
    const ceil = argument('ceil_mode') === true;
    const from = shapeOf(input!);
    const spatial = from
      ?.slice(-dimensions)
      .map((size, i) =>
        windowed(size, { kernel: kernel[i], stride: stride[i], padding: padding[i], dilation: dilation[i], ceil }),
      );
    const result = pooled(machine, name, input!, from && spatial && [...from.slice(0, -dimensions), ...spatial], {
      kernel_size: argument('kernel_size'),
      stride: isMissing(argument('stride')) ? argument('kernel_size') : argument('stride'),
      padding: argument('padding'),
    });
    return argument('return_indices') === true ? new Tuple([result, result]) : result;
  });
  return made;
}

function pooled(
  machine: Machine,
  name: string,
  input: Value,
  shape: Shape,
  settings: Readonly<Record<string, Value | undefined>>,
): Value {
  return resultOf(machine, { kind: 'pool', name, inputs: [input], shape, settings: plainSettings(settings) });
}

function adaptive(kind: 'avg' | 'max', dimensions: number): NativeFunction {
  const name = `adaptive_${kind}_pool${dimensions}d`;
  return native(name, 'input, output_size, return_indices=False', (machine, input, size, indices) => {
    const from = shapeOf(input!);
    const items = itemsOf(machine, size) ?? Array.from({ length: dimensions }, () => size!);
    const spatial = items.map((it, i) => (it === null ? from?.at(i - dimensions) : sizeValue(it)));
    const result = pooled(machine, name, input!, from && [...from.slice(0, -dimensions), ...spatial], {
      output_size: size,
    });
    return indices === true ? named(machine, ['output', 'indices'], [result, result]) : result;
  });
}

/** Where the windows lie is drawn for every channel of every sample. */
function drawPlaces(machine: Machine, input: Value, dimensions: number): void {
  const shape = shapeOf(input);
  const samples = shape && [
    ...(shape.length === dimensions + 1 ? [1] : []),
    ...shape.slice(0, -dimensions),
    dimensions,
  ];
  const dtype = isTensor(input) ? input.dtype : undefined;
  drawInto(machine, newTensor(machine, samples, dtype && { dtype }), 'uniform_', [0, 1]);
}

const unknownPools: readonly NativeFunction[] = [
  ...[1, 2, 3].map(n =>
    native(
      `max_unpool${n}d`,
      'input, indices, kernel_size, stride=None, padding=0, output_size=None',
      (machine, input) => pooled(machine, `max_unpool${n}d`, input!, undefined, {}),
    ),
  ),
  ...[2, 3].map(n =>
    native(
      `fractional_max_pool${n}d`,
      'input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None',
      (machine, input, _kernel, _size, _ratio, _indices, samples) => {
        if (isMissing(samples)) drawPlaces(machine, input!, n);
        return pooled(machine, `fractional_max_pool${n}d`, input!, undefined, {});
      },
    ),
  ),
];

export const windowFunctionals: readonly NativeFunction[] = [
  ...[1, 2, 3].map(convolution),
  ...[1, 2, 3].map(transposed),
  ...pools.map(pool),
  ...[1, 2, 3].flatMap(n => [adaptive('avg', n), adaptive('max', n)]),
  ...unknownPools,
];
