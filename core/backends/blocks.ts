/** A large draw in blocks that together give what one draw gives. */
import type { Build, DrawRequest, Mt19937, Values } from '../random/index.js';
import { fillNormal, fillTruncatedNormal, fillUniform, valuesFor } from '../random/index.js';

/** A draw whose values are independent of each other and can be made in blocks. */
export type StreamedDraw = Extract<DrawRequest, { kind: 'uniform' | 'normal' | 'truncated_normal' }>;

const BLOCK = 2 ** 15;

export function isStreamed(drawing: DrawRequest): drawing is StreamedDraw {
  return drawing.kind === 'uniform' || drawing.kind === 'normal' || drawing.kind === 'truncated_normal';
}

/** Each block is valid until the next one is asked for. */
export function* blocksOf(generator: Mt19937, drawing: StreamedDraw, build: Build): Generator<Values> {
  const dtype = drawing.dtype ?? 'float32';
  const buffer = valuesFor(dtype, Math.min(drawing.count, 2 * BLOCK));
  for (const size of blockSizes(drawing.count, BLOCK)) {
    const block = buffer.subarray(0, size);
    if (drawing.kind === 'uniform') fillUniform(generator, block, drawing.low, drawing.high, dtype);
    else if (drawing.kind === 'normal') fillNormal(generator, block, drawing.mean, drawing.std, drawing);
    else fillTruncatedNormal(generator, block, drawing, build, dtype);
    yield block;
  }
}

/** Whole blocks, and a last one that is shorter than two: of a normal draw it holds a group of 16 unless the draw does not. */
export function* blockSizes(count: number, block: number): Generator<number> {
  let left = count;
  while (left >= 2 * block) {
    yield block;
    left -= block;
  }
  if (left > 0) yield left;
}
