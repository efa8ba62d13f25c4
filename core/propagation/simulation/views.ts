/** Steps that move numbers and change none: views, copies, joined tensors, rows of a table. */
import { drawIndices } from './inputs.js';
import type { StepOperation, TakeStep, ViewStep } from './program.js';
import { atOnce } from './rule.js';
import { broadcastStrides, countOf, placesOf, stridesOf, type Tensor } from './tensor.js';

type Of<Kind extends StepOperation['kind']> = Extract<StepOperation, { kind: Kind }>;

export const reshape = atOnce<Of<'reshape'>>({
  forward(_, { inputs: [input], shape }) {
    return input!.data.length === countOf(shape) ? { data: input!.data } : undefined;
  },
  backward(_, { gradient }) {
    return [gradient];
  },
});

/** A view whose elements lie at strides of the input's. */
type StridedView = Exclude<ViewStep, TakeStep>;

export const view = atOnce<StridedView>({
  forward(operation, { inputs: [input], shape }) {
    const places = viewed(operation, input!.shape, shape);
    const data = new Float32Array(places.length);
    for (let i = 0; i < data.length; i++) data[i] = input!.data[places[i]!]!;
    return { data };
  },
  backward(operation, { inputs: [input], shape, gradient }) {
    const places = viewed(operation, input!.shape, shape);
    const back = new Float32Array(input!.data.length);
    for (let i = 0; i < places.length; i++) back[places[i]!]! += gradient[i]!;
    return [back];
  },
});

function viewed(operation: StridedView, from: readonly number[], shape: readonly number[]): Int32Array {
  const strides = stridesOf(from);
  switch (operation.kind) {
    case 'permute':
      return placesOf(
        shape,
        operation.order.map(axis => strides[axis]!),
      );
    case 'slice': {
      const { axis, start, stride } = operation;
      return placesOf(shape, strides.with(axis, strides[axis]! * stride), start * strides[axis]!);
    }
    case 'expand':
      return placesOf(shape, broadcastStrides(from, shape));
  }
}

export const concatenate = atOnce<Of<'concatenate'>>({
  forward({ axis }, { inputs, shape }) {
    const data = new Float32Array(countOf(shape));
    for (const { place, width, pitch, rows, input } of partsOf(inputs, axis, shape)) {
      for (let row = 0; row < rows; row++) {
        data.set(input.data.subarray(row * width, (row + 1) * width), row * pitch + place);
      }
    }
    return { data };
  },
  backward({ axis }, { inputs, shape, gradient }) {
    return partsOf(inputs, axis, shape).map(({ place, width, pitch, rows }) => {
      const back = new Float32Array(rows * width);
      for (let row = 0; row < rows; row++) {
        back.set(gradient.subarray(row * pitch + place, row * pitch + place + width), row * width);
      }
      return back;
    });
  },
});

/** A joined tensor has rows in which each input has a stretch. */
function partsOf(inputs: readonly Tensor[], axis: number, shape: readonly number[]) {
  const rows = countOf(shape.slice(0, axis));
  const pitch = countOf(shape.slice(axis));
  let place = 0;
  return inputs.map(input => {
    const width = input.data.length / rows;
    const part = { input, place, width, pitch, rows };
    place += width;
    return part;
  });
}

export const embedding = atOnce<Of<'embedding'>>({
  forward(_, { inputs: [table], shape, generator }) {
    const width = shape.at(-1)!;
    const data = new Float32Array(countOf(shape));
    const rows = drawIndices(generator, table!.shape[0]!, data.length / width);
    rows.forEach((row, at) => void data.set(table!.data.subarray(row * width, (row + 1) * width), at * width));
    return { data };
  },
  backward() {
    return [undefined];
  },
});

export const rows = atOnce<Of<'rows'>>({
  forward(_, { inputs: [table], shape }) {
    const { data: values } = table!;
    const data = new Float32Array(countOf(shape));
    if (values.length === 0) return undefined;
    for (let at = 0; at < data.length; at += values.length) data.set(values.subarray(0, data.length - at), at);
    return { data };
  },
  backward(_, { inputs: [table], gradient }) {
    const back = new Float32Array(table!.data.length);
    for (let i = 0; i < gradient.length; i++) back[i % back.length]! += gradient[i]!;
    return [back];
  },
});
