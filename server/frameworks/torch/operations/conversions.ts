/** Tensors in another element type or on another device. */
import type { Machine } from '../../../interpreter/machine.js';
import { ClassValue, Instance, type Value } from '../../../interpreter/values.js';
import type { Draw, StorageWrite } from '../../../model/draws.js';
import { deviceOf, dtypeOf } from '../arguments.js';
import { type Dtype, dtypes, isFloating } from '../dtypes.js';
import { Storage } from '../storage.js';
import { countOf, isTensor, newTensor, type Tensor, wholeView } from '../tensor.js';
import { approximationOf } from './approximate.js';
import { constantOf, dataWrite, elementsOf } from './data.js';
import { Elements } from './elements.js';
import { resultOf } from './results.js';
import { contentsOfCopy, copyOf, noteCopy } from './views.js';

/** The tensor itself when it has the type already. */
export function converted(machine: Machine, source: Tensor, dtype: Dtype): Tensor {
  if (source.dtype === dtype) return source;
  const result = resultOf(machine, {
    kind: 'shape',
    name: 'to',
    inputs: [source],
    shape: source.shape,
    dtype,
    contents: contentsIn(source, dtype),
    spec: source.storage.laterSpec,
  });
  result.storage.isRaw = source.storage.isRaw;
  noteCopy(result, source, 'to');
  return result;
}

/** What decides the tensor's values once they are of another element type; undefined where that is not followed. */
export function contentsIn(source: Tensor, dtype: Dtype): readonly StorageWrite[] | undefined {
  const { round } = dtypes[dtype];
  const behind = approximationOf('to', [source], dtype);
  const approximate = behind === undefined ? {} : { approximate: behind };
  const constant = constantOf(source);
  if (constant !== undefined) return [{ kind: 'constant', value: round(constant), ...approximate }];
  const elements = elementsOf(source);
  if (elements !== undefined) {
    return [dataWrite(new Elements([elements], () => elements.values.map(round)), approximate)];
  }
  const contents = contentsOfCopy(source);
  if (contents.length === 0 || !isDrawn(source.dtype) || !isDrawn(dtype)) return undefined;
  return [{ kind: 'copy', source: contents, dtype: source.dtype }];
}

const isDrawn = (dtype: Dtype): dtype is Exclude<Draw['dtype'], 'int64'> =>
  dtype === 'float32' || dtype === 'float64' || dtype === 'float16' || dtype === 'bfloat16';

/** `Module.to(dtype)` and its like: the tensor itself gets other memory, with the same account of how it came. */
export function convert(machine: Machine, tensor: Tensor, dtype: Dtype): void {
  if (!isFloating(tensor.dtype) || tensor.dtype === dtype) return;
  const before = tensor.storage;
  const contents = contentsIn(tensor, dtype) ?? (before.isRaw ? [] : UNFOLLOWED);
  const storage = new Storage(dtype, countOf(tensor.shape));
  Object.assign(storage, { contents, fans: before.fans, history: before.history, isRaw: before.isRaw });
  storage.spec = before.laterSpec;
  machine.touch(tensor);
  Object.assign(tensor, {
    storage,
    dtype,
    view: wholeView(tensor.shape),
  });
}

const UNFOLLOWED: readonly StorageWrite[] = [{ kind: 'opaque', reason: 'it is converted to another element type' }];

/** `to(device)`: values that were drawn on the CPU stay what they are. */
export function movedTo(machine: Machine, source: Tensor, device: string): Tensor {
  if (source.device === device) return source;
  if (device === 'meta') return newTensor(machine, source.shape, { dtype: source.dtype, device });
  const moved = copyOf(machine, source);
  moved.device = device;
  if (source.shows !== undefined && source.operation === undefined) moved.shows = source.shows;
  return moved;
}

/** What `to(…)` and `type(…)` are given, in any order: an element type, a device, another tensor. */
export function transferred(machine: Machine, source: Tensor, given: readonly Value[]): Tensor {
  let result = source;
  for (const value of given) {
    const dtype = dtypeIn(machine, value);
    if (dtype !== undefined) result = converted(machine, result, dtype);
    const device = isTensor(value) ? value.device : isDevice(value) ? deviceOf(value) : undefined;
    if (device !== undefined) result = movedTo(machine, result, device);
  }
  return result;
}

/** The element type that the value names, or has. */
export function dtypeIn(machine: Machine, value: Value): Dtype | undefined {
  return isTensor(value) ? value.dtype : (dtypeOf(machine, value) ?? legacyDtype(value));
}

function isDevice(value: Value): boolean {
  if (typeof value === 'string') return legacyDtype(value) === undefined;
  return value instanceof Instance && value.cls.name === 'device';
}

/** `torch.FloatTensor`, or its name. */
function legacyDtype(value: Value): Dtype | undefined {
  const text = value instanceof ClassValue && value.moduleName === 'torch' ? value.name : value;
  const name = typeof text === 'string' ? text.split('.').at(-1) : undefined;
  const found = Object.entries(dtypes).find(([, row]) => row.legacy !== undefined && row.legacy === name);
  return found?.[0] as Dtype | undefined;
}
