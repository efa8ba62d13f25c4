/** Padding, resizing and rearranging of maps. */
import { add, floorDivide, multiply, type Size } from '../../../../core/size.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { Float, type NativeFunction, type Value } from '../../../interpreter/values.js';
import type { StorageWrite } from '../../../model/draws.js';
import { integerValue, isMissing, itemsOf, numberValue, sizesOf, sizeValue } from '../arguments.js';
import { dtypes } from '../dtypes.js';
import { opaqueResult, resultOf } from '../operations/results.js';
import { placedAt, reshape } from '../operations/views.js';
import { contiguousStrides, isTensor, knownShape, type Shape } from '../tensor.js';

type Axis = Size | undefined;

const shapeOf = (value: Value): Shape => (isTensor(value) ? value.shape : undefined);

/** Pairs of paddings, last axis first. */
function padded(machine: Machine, shape: Shape, pad: Value): Shape {
  const amounts = itemsOf(machine, pad)?.map(it => sizeValue(it));
  if (shape === undefined || amounts === undefined) return undefined;
  return shape.map((size, axis) => {
    const at = 2 * (shape.length - 1 - axis);
    if (at >= amounts.length) return size;
    return plus(plus(size, amounts[at]), amounts[at + 1]);
  });
}

/** What lies in a frame of one number; undefined where something is cut off. */
function framed(machine: Machine, input: Value, pad: Value, value: Value): readonly StorageWrite[] | undefined {
  const amounts = itemsOf(machine, pad)?.map(it => integerValue(it) ?? -1);
  const number = isMissing(value) ? 0 : numberValue(value);
  const [sizes, shape] = [knownShape(shapeOf(input)), knownShape(padded(machine, shapeOf(input), pad))];
  if (!isTensor(input) || number === undefined || amounts === undefined || sizes === undefined || shape === undefined)
    return undefined;
  if (amounts.some(it => it < 0) || input.storage.contents.length === 0) return undefined;
  const strides = contiguousStrides(shape)!;
  const before = (axis: number) => amounts[2 * (shape.length - 1 - axis)] ?? 0;
  const offset = strides.reduce((sum, stride, axis) => sum + before(axis) * stride, 0);
  return [
    { kind: 'constant', value: dtypes[input.dtype].round(number) },
    placedAt({ offset, shape: sizes, strides }, input),
  ];
}

function paddingSettings(
  machine: Machine,
  pad: Value,
  mode: Value,
  value: Value,
): readonly (readonly [string, string | number])[] {
  const amounts = itemsOf(machine, pad)?.map(integerValue);
  if (amounts === undefined || amounts.includes(undefined) || typeof mode !== 'string') return [];
  return [
    ['pad', amounts.join('×')],
    ['mode', mode],
    ['value', isMissing(value) ? 0 : (numberValue(value) ?? Number.NaN)],
  ];
}

const plus = (a: Axis, b: Axis): Axis => (a === undefined || b === undefined ? undefined : add(a, b));
const times = (a: Axis, b: Axis): Axis => (a === undefined || b === undefined ? undefined : multiply(a, b));

function interpolated(machine: Machine, shape: Shape, size: Value, factor: Value): Shape {
  if (shape === undefined) return undefined;
  const spatial = shape.slice(2);
  if (!isMissing(size)) {
    const items = itemsOf(machine, size);
    return [...shape.slice(0, 2), ...spatial.map((_, i) => sizeValue(items === undefined ? size : items[i]))];
  }
  const factors = itemsOf(machine, factor);
  return [...shape.slice(0, 2), ...spatial.map((axis, i) => scaled(axis, factors === undefined ? factor : factors[i]))];
}

function scaled(size: Axis, factor: Value | undefined): Axis {
  const number = numberValue(factor);
  if (typeof size === 'number' && number !== undefined) return Math.floor(size * number);
  const isWhole = number !== undefined && Number.isInteger(number);
  return isWhole && !(factor instanceof Float && factor.value < 1) ? times(size, number) : undefined;
}

/** Channels become places of a map that is larger. */
function pixelShuffled(shape: readonly Axis[], factor: number): Shape {
  const [channels, height, width] = shape.slice(-3);
  return [...shape.slice(0, -3), divided(channels, factor ** 2), times(height, factor), times(width, factor)];
}

/** The inverse. */
function pixelUnshuffled(shape: readonly Axis[], factor: number): Shape {
  const [channels, height, width] = shape.slice(-3);
  return [...shape.slice(0, -3), times(channels, factor ** 2), divided(height, factor), divided(width, factor)];
}

const divided = (size: Axis, by: number): Axis => (size === undefined ? undefined : floorDivide(size, by));

function pixels(name: string, parameter: string, shapeFor: (shape: readonly Axis[], factor: number) => Shape) {
  return native(name, `input, ${parameter}`, (machine, input, given) => {
    const [shape, factor] = [shapeOf(input!), integerValue(given)];
    const rearranged = shape === undefined || factor === undefined ? undefined : shapeFor(shape, factor);
    return resultOf(machine, { kind: 'shape', name, inputs: [input!], shape: rearranged });
  });
}

/** Columns of patches: (batch, channels · area, positions). */
function unfoldedShape(machine: Machine, shape: Shape, kernel: Value): Shape {
  const [height, width] = itemsOf(machine, kernel)?.map(it => sizeValue(it)) ?? [sizeValue(kernel), sizeValue(kernel)];
  return shape && [shape[0], times(shape[1], times(height, width ?? height)), undefined];
}

function resized(
  machine: Machine,
  input: Value,
  [size, factor]: readonly [Value, Value],
  mode: Value,
  alignsCorners: boolean,
): Value {
  return resultOf(machine, {
    kind: 'pool',
    name: 'interpolate',
    inputs: [input],
    shape: interpolated(machine, shapeOf(input), size, factor),
    settings: [...(typeof mode === 'string' ? [['mode', mode] as const] : []), ['align_corners', alignsCorners]],
  });
}

const INTERPOLATE =
  "size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False";

export const spatialFunctionals: readonly NativeFunction[] = [
  native('pad', "input, pad, mode='constant', value=None", (machine, input, pad, mode, value) =>
    resultOf(machine, {
      kind: 'shape',
      name: 'pad',
      inputs: [input!],
      shape: padded(machine, shapeOf(input!), pad!),
      contents: mode === 'constant' ? framed(machine, input!, pad!, value!) : undefined,
      settings: paddingSettings(machine, pad!, mode!, value!),
    }),
  ),
  ...['interpolate', 'upsample'].map(name =>
    native(name, `input, ${INTERPOLATE}`, (machine, input, size, factor, mode, corners) =>
      resized(machine, input!, [size!, factor!], mode!, corners === true),
    ),
  ),
  ...['nearest', 'bilinear'].map(mode =>
    native(`upsample_${mode}`, 'input, size=None, scale_factor=None', (machine, input, size, factor) =>
      resized(machine, input!, [size!, factor!], mode, mode === 'bilinear'),
    ),
  ),
  pixels('pixel_shuffle', 'upscale_factor', pixelShuffled),
  pixels('pixel_unshuffle', 'downscale_factor', pixelUnshuffled),
  native('channel_shuffle', 'input, groups', (machine, input) =>
    isTensor(input)
      ? reshape(machine, input, 'channel_shuffle', input.shape)
      : opaqueResult(machine, 'channel_shuffle', [input!]),
  ),
  native('unfold', 'input, kernel_size, dilation=1, padding=0, stride=1', (machine, input, kernel) =>
    resultOf(machine, {
      kind: 'shape',
      name: 'unfold',
      inputs: [input!],
      shape: unfoldedShape(machine, shapeOf(input!), kernel!),
    }),
  ),
  native('fold', 'input, output_size, kernel_size, dilation=1, padding=0, stride=1', (machine, input, size) =>
    resultOf(machine, {
      kind: 'shape',
      name: 'fold',
      inputs: [input!],
      shape: [shapeOf(input!)?.[0], undefined, ...(sizesOf(machine, size) ?? [undefined, undefined])],
    }),
  ),
  native(
    'grid_sample',
    "input, grid, mode='bilinear', padding_mode='zeros', align_corners=None",
    (machine, input, grid) =>
      resultOf(machine, {
        kind: 'pool',
        name: 'grid_sample',
        inputs: [input!, grid!],
        shape: [
          ...(shapeOf(input!)?.slice(0, 2) ?? [undefined, undefined]),
          ...(shapeOf(grid!)?.slice(1, -1) ?? [undefined, undefined]),
        ],
      }),
  ),
  native('affine_grid', 'theta, size, align_corners=None', (machine, theta, size) => {
    const target = sizesOf(machine, size);
    const shape: Shape = target && [target[0], ...target.slice(2), target.length - 2];
    return resultOf(machine, { kind: 'opaque', name: 'affine_grid', inputs: [theta!], shape });
  }),
];
