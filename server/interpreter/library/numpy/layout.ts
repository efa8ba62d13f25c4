/** Where the elements of an array lie in its memory. */

export interface Layout {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

export function contiguous(shape: readonly number[]): Layout {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  return { shape, strides, offset: 0 };
}

export function isContiguous({ shape, strides }: Layout): boolean {
  const wanted = contiguous(shape).strides;
  return shape.every((size, axis) => size <= 1 || strides[axis] === wanted[axis]);
}

/** Positions in memory, in the order of the indices. */
export function positionsOf({ shape, strides, offset }: Layout): Int32Array {
  const positions = new Int32Array(sizeOf(shape));
  if (positions.length === 0) return positions;
  // From the first axis inwards: every position gives way to a run of them.
  let count = 1;
  positions[0] = offset;
  for (const [axis, size] of shape.entries()) {
    const stride = strides[axis]!;
    for (let i = count - 1; i >= 0; i--) {
      const base = positions[i]!;
      for (let j = size - 1; j >= 0; j--) positions[i * size + j] = base + j * stride;
    }
    count *= size;
  }
  return positions;
}

/** The values at these positions, by a plain loop: arrays have up to a million. */
export function picked(values: ArrayLike<number>, positions: ArrayLike<number>): Float64Array {
  const found = new Float64Array(positions.length);
  for (let i = 0; i < found.length; i++) found[i] = values[positions[i]!]!;
  return found;
}

/** The shape that arrays of these shapes are stretched to; undefined where they do not fit each other. */
export function broadcastShape(shapes: readonly (readonly number[])[]): readonly number[] | undefined {
  const rank = Math.max(...shapes.map(it => it.length));
  const result: number[] = [];
  for (let axis = -rank; axis < 0; axis++) {
    const sizes = shapes.map(it => it.at(axis) ?? 1).filter(it => it !== 1);
    if (sizes.some(it => it !== sizes[0])) return undefined;
    result.push(sizes[0] ?? 1);
  }
  return result;
}

/** Stretched axes take no step. */
export function stretched({ shape, strides, offset }: Layout, to: readonly number[]): Layout {
  const added = to.length - shape.length;
  const steps = to.map((_, axis) => (axis < added || shape[axis - added] === 1 ? 0 : strides[axis - added]!));
  return { shape: to, strides: steps, offset };
}

export function permuted({ shape, strides, offset }: Layout, axes: readonly number[]): Layout {
  return { shape: axes.map(it => shape[it]!), strides: axes.map(it => strides[it]!), offset };
}

export function withAxis({ shape, strides, offset }: Layout, axis: number): Layout {
  return { shape: shape.toSpliced(axis, 0, 1), strides: strides.toSpliced(axis, 0, 0), offset };
}

export function withoutAxis({ shape, strides, offset }: Layout, axis: number, at = 0): Layout {
  const moved = offset + at * strides[axis]!;
  return { shape: shape.toSpliced(axis, 1), strides: strides.toSpliced(axis, 1), offset: moved };
}
