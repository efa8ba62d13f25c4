/** Which function of the kernel makes a block of a draw, and around what its powers are summed. */
import { type Build, erfinvRange, type Truncation } from '../../random/index.js';
import { truncatedNormalMoments } from '../../truncated-normal.js';
import type { StreamedDraw } from '../blocks.js';
import type { KernelExports } from './kernel.js';

/** Undefined where the kernel has none: other types than float32, and normals that are drawn one by one. */
export function fillOf(
  exports: KernelExports,
  request: StreamedDraw,
  build: Build,
): ((count: number) => void) | undefined {
  if ((request.dtype ?? 'float32') !== 'float32') return undefined;
  switch (request.kind) {
    case 'uniform': {
      const low = Math.fround(request.low);
      const range = Math.fround(request.high) - low;
      return count => exports.uniform(count, low, range);
    }
    case 'normal': {
      const { mean, std } = request;
      if (request.count < SMALLEST_IN_GROUPS || request.contiguous === false) return undefined;
      return count => exports.normal(count, mean, std);
    }
    case 'truncated_normal':
      return truncatedNormal(exports, request, build);
  }
}

function truncatedNormal(exports: KernelExports, request: StreamedDraw & Truncation, build: Build) {
  const { mean, std, low, high } = request;
  const { from, to } = erfinvRange(request);
  const start = Math.fround(from);
  const range = Math.fround(to) - start;
  const scale = std * Math.SQRT2;
  return (count: number) => exports.truncatedNormal(count, start, range, scale, mean, low, high, build === 'plain');
}

const SMALLEST_IN_GROUPS = 16;

/** Near mean and std, so that nothing cancels and no power leaves float32; both are float32 numbers. */
export function centerOf(request: StreamedDraw): { readonly origin: number; readonly unit: number } {
  const { mean, std } = momentsOf(request);
  const perUnit = Math.fround(1 / std);
  const isUsable = Number.isFinite(perUnit) && perUnit > 0;
  return { origin: Math.fround(mean), unit: isUsable ? 1 / perUnit : 1 };
}

function momentsOf(request: StreamedDraw) {
  switch (request.kind) {
    case 'uniform':
      return { mean: (request.low + request.high) / 2, std: (request.high - request.low) / Math.sqrt(12) };
    case 'normal':
      return request;
    case 'truncated_normal':
      return truncatedNormalMoments(request.mean, request.std, request.low, request.high);
  }
}
