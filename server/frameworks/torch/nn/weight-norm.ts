/** torch.nn.utils.weight_norm and spectral_norm, which replace a weight by what it is computed from. */
import { product } from '../../../../core/size.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import type { NativeFunction, Value } from '../../../interpreter/values.js';
import type { Region, StorageWrite } from '../../../model/draws.js';
import { addContents } from '../storage.js';
import { isTensor, knownShape, newTensor, type Shape, type Tensor } from '../tensor.js';
import { drawInto, recordWrite } from '../writes.js';
import { computedTensor } from './computed.js';
import { ModuleInstance, member, put, slotOf, take } from './instance.js';
import { asParameter, newParameter } from './parameter.js';

export const normNatives: readonly NativeFunction[] = [
  native('weight_norm', "module, name='weight', dim=0", (machine, module, name, dim) => {
    if (module instanceof ModuleInstance) addWeightNorm(machine, module, String(name), dim!);
    return module!;
  }),
  native('remove_weight_norm', "module, name='weight'", (machine, module, name) => {
    if (module instanceof ModuleInstance) removeWeightNorm(machine, module, String(name));
    return module!;
  }),
  native(
    'spectral_norm',
    "module, name='weight', n_power_iterations=1, eps=1e-12, dim=None",
    (machine, module, name, _iterations, _eps, dim) => {
      if (module instanceof ModuleInstance) addSpectralNorm(machine, module, String(name), dim!);
      return module!;
    },
  ),
  native('remove_spectral_norm', "module, name='weight'", (machine, module, name) => {
    if (module instanceof ModuleInstance) removeSpectralNorm(machine, module, String(name));
    return module!;
  }),
];

/** The weight leaves its slot: bias, weight_g, weight_v is the order afterwards. */
function addWeightNorm(machine: Machine, module: ModuleInstance, name: string, dim: Value): void {
  const weight = member(module, name);
  const parameters = slotOf(module, '_parameters')!;
  if (!isTensor(weight) || !take(machine, parameters, name)) return;
  put(machine, parameters, `${name}_g`, normOf(machine, weight, dim));
  put(machine, parameters, `${name}_v`, asParameter(machine, weight));
  machine.touch(module);
  module.attributes.set(name, computedTensor(machine, weight, { module, name, how: 'weight_norm' }));
}

/** One norm per slice along `dim`; of everything where it is None or, as torch has it, -1. */
export function normOf(machine: Machine, weight: Tensor, dim: Value): Tensor {
  const reason = 'it is a norm of other parameters';
  const axis = dim === null || dim === -1 ? undefined : dim;
  const norm = newParameter(machine, axis === undefined ? [] : shapeOfNorm(weight.shape, axis));
  addContents(machine, norm.storage, normsOf(weight, axis) ?? { kind: 'opaque', reason });
  recordWrite(machine, norm, { initializer: 'weight_norm', spec: { kind: 'unknown', reason }, origin: 'default' });
  return norm;
}

function normsOf({ shape, view, dtype, storage }: Tensor, dim: Value | undefined): StorageWrite | undefined {
  const sizes = knownShape(shape);
  if (sizes === undefined || view.strides === undefined || dtype !== 'float32') return undefined;
  const from = { offset: view.offset, shape: sizes, strides: view.strides };
  if (dim === undefined) return { kind: 'norms', source: storage.contents, from, rows: 1 };
  if (typeof dim !== 'number' || dim >= sizes.length || dim < -sizes.length) return undefined;
  const axis = dim < 0 ? dim + sizes.length : dim;
  const rows = sizes[axis]!;
  // Torch keeps the last axis where it is, and sums over those before it.
  if (axis > 0 && axis === sizes.length - 1)
    return { kind: 'norms', source: storage.contents, from: moved(from, axis), rows, areApart: true };
  return { kind: 'norms', source: storage.contents, from: exchanged(from, axis), rows };
}

/** The same elements with an axis and the first one in each other's place. */
function exchanged({ offset, shape, strides }: Region, axis: number): Region {
  const swapped = (values: readonly number[]) => values.with(0, values[axis]!).with(axis, values[0]!);
  return { offset, shape: swapped(shape), strides: swapped(strides) };
}

/** With the axis in front of the others. */
function moved({ offset, shape, strides }: Region, axis: number): Region {
  const first = (values: readonly number[]) => [values[axis]!, ...values.filter((_, i) => i !== axis)];
  return { offset, shape: first(shape), strides: first(strides) };
}

function shapeOfNorm(shape: Shape, dim: Value): Shape {
  if (shape === undefined || typeof dim !== 'number') return undefined;
  const axis = dim < 0 ? dim + shape.length : dim;
  return shape.map((size, i) => (i === axis ? size : 1));
}

function removeWeightNorm(machine: Machine, module: ModuleInstance, name: string): void {
  const parameters = slotOf(module, '_parameters')!;
  const direction = member(module, `${name}_v`);
  const magnitude = member(module, `${name}_g`);
  if (!isTensor(direction)) {
    machine.raise('ValueError', `weight_norm of '${name}' not found in ${module.cls.name}`);
  }
  take(machine, parameters, `${name}_g`);
  take(machine, parameters, `${name}_v`);
  machine.touch(module);
  module.attributes.delete(name);
  const isAsBefore = isTensor(magnitude) && isNormOf(magnitude, direction);
  const weight = isAsBefore ? asParameter(machine, direction) : recomputed(machine, direction, 'weight_norm');
  put(machine, parameters, name, weight);
}

/** Scaled to its own norm, a weight stays what it is. */
function isNormOf({ storage: { contents } }: Tensor, { storage }: Tensor): boolean {
  const [norms, ...more] = contents;
  return norms?.kind === 'norms' && norms.source === storage.contents && more.length === 0;
}

/** A new parameter, of values that are computed from those before. */
function recomputed(machine: Machine, like: Tensor, how: string): Tensor {
  const weight = newParameter(machine, like.shape);
  const reason = `it is computed by ${how}`;
  addContents(machine, weight.storage, { kind: 'opaque', reason });
  weight.storage.history = like.storage.history;
  weight.storage.spec = like.storage.spec;
  return weight;
}

/** The weight keeps its memory under another name; two vectors are drawn. Writes to it still count until a forward. */
function addSpectralNorm(machine: Machine, module: ModuleInstance, name: string, dim: Value): void {
  const weight = member(module, name);
  const parameters = slotOf(module, '_parameters')!;
  if (!isTensor(weight)) return;
  const [rows, columns] = matrixOf(weight.shape, dim === null ? defaultAxis(module) : dim);
  const buffers = [rows, columns].map(size => drawnVector(machine, weight, size));
  take(machine, parameters, name);
  put(machine, parameters, `${name}_orig`, weight);
  machine.touch(module);
  module.attributes.set(name, machine.getAttribute(weight, 'data'));
  for (const [i, vector] of buffers.entries()) put(machine, slotOf(module, '_buffers')!, `${name}_${'uv'[i]}`, vector);
}

export const defaultAxis = (module: ModuleInstance): number =>
  module.cls.mro.some(it => it.name === '_ConvTransposeNd') ? 1 : 0;

/** Rows and columns of the weight as a matrix with `dim` in front. */
export function matrixOf(shape: Shape, dim: Value): readonly [Shape, Shape] {
  if (shape === undefined || typeof dim !== 'number') return [undefined, undefined];
  const rest = shape.filter((_, axis) => axis !== dim);
  const columns = rest.every(it => it !== undefined) ? product(rest as never) : undefined;
  return [[shape[dim]], [columns]];
}

export function drawnVector(machine: Machine, like: Tensor, shape: Shape): Tensor {
  const vector = newTensor(machine, shape, { dtype: like.dtype, device: like.device });
  drawInto(machine, vector, 'normal_', [0, 1]);
  return vector;
}

function removeSpectralNorm(machine: Machine, module: ModuleInstance, name: string): void {
  const original = member(module, `${name}_orig`);
  const parameters = slotOf(module, '_parameters')!;
  take(machine, parameters, `${name}_orig`);
  for (const suffix of 'uv') take(machine, slotOf(module, '_buffers'), `${name}_${suffix}`);
  machine.touch(module);
  module.attributes.delete(name);
  if (isTensor(original)) put(machine, parameters, name, recomputed(machine, original, 'spectral_norm'));
}
