/** Numbers in row-major order with a shape, and where strided views of them lie. */

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export const countOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Of a tensor in row-major order, in elements. */
export function stridesOf(shape: readonly number[]): readonly number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

/** Strides by which a smaller tensor is read as one of `shape`: 0 along axes that it lacks or has once. */
export function broadcastStrides(from: readonly number[], shape: readonly number[]): readonly number[] {
  const own = stridesOf(from);
  const missing = shape.length - from.length;
  return shape.map((_, axis) => (axis < missing || from[axis - missing] === 1 ? 0 : own[axis - missing]!));
}

/** Positions of the elements of a view, in its own order. */
export function placesOf(shape: readonly number[], strides: readonly number[], offset = 0): Int32Array {
  let places = Int32Array.of(offset);
  for (let axis = 0; axis < shape.length; axis++) {
    const [size, stride] = [shape[axis]!, strides[axis]!];
    const next = new Int32Array(places.length * size);
    let at = 0;
    for (let from = 0; from < places.length; from++) {
      for (let i = 0; i < size; i++) next[at++] = places[from]! + i * stride;
    }
    places = next;
  }
  return places;
}

export const isSameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

/** Centered, as torch's `std`: of one number it is not a number, and 0 is answered. */
export function spreadOf(data: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i]!;
  const mean = sum / data.length;
  let squares = 0;
  for (let i = 0; i < data.length; i++) {
    const deviation = data[i]! - mean;
    squares += deviation * deviation;
  }
  return data.length < 2 ? 0 : Math.sqrt(squares / (data.length - 1));
}
