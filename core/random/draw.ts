/** One call of the generator as plain data: what it draws, and how to pass over it without computing it. */
import type { Build } from './erfinv.js';
import type { Mt19937 } from './mt19937.js';
import { normal, skipNormal, wordsOfNormal } from './normal.js';
import { orthogonal } from './orthogonal.js';
import { randomIntegers, randomPermutation } from './permutation.js';
import type { Dtype, Values } from './precision.js';
import { bernoulli, cauchy, exponential, geometric, logNormal } from './serial.js';
import { sparse } from './sparse.js';
import { truncatedNormal } from './truncated-normal.js';
import { uniform } from './uniform.js';

interface Elements {
  readonly count: number;
  readonly dtype?: Dtype;
}

interface Matrix {
  readonly rows: number;
  readonly columns: number;
}

export type DrawRequest =
  | ({ readonly kind: 'uniform'; readonly low: number; readonly high: number } & Elements)
  | ({ readonly kind: 'normal'; readonly mean: number; readonly std: number; readonly contiguous?: boolean } & Elements)
  | ({ readonly kind: 'log_normal'; readonly mean: number; readonly std: number } & Elements)
  | TruncatedNormalDraw
  | ({ readonly kind: 'sparse'; readonly sparsity: number; readonly std: number; readonly dtype?: Dtype } & Matrix)
  | ({ readonly kind: 'orthogonal'; readonly gain: number; readonly dtype?: Dtype } & Matrix)
  | ({ readonly kind: 'bernoulli'; readonly probability: number } & Elements)
  | ({ readonly kind: 'geometric'; readonly probability: number } & Elements)
  | ({ readonly kind: 'exponential'; readonly rate: number } & Elements)
  | ({ readonly kind: 'cauchy'; readonly median: number; readonly sigma: number } & Elements)
  | { readonly kind: 'randint'; readonly low: number; readonly high: number; readonly count: number }
  | { readonly kind: 'randperm'; readonly count: number };

interface TruncatedNormalDraw extends Elements {
  readonly kind: 'truncated_normal';
  readonly mean: number;
  readonly std: number;
  readonly low: number;
  readonly high: number;
}

/** The values in memory order; the generator moves on as torch's does. */
export function draw(generator: Mt19937, request: DrawRequest, build: Build = 'plain'): Values | Int32Array {
  switch (request.kind) {
    case 'uniform':
      return uniform(generator, request.count, request.low, request.high, request.dtype);
    case 'normal':
      return normal(generator, request.count, request.mean, request.std, request);
    case 'truncated_normal':
      return truncatedNormal(generator, request.count, request, build, request.dtype);
    case 'sparse':
      return sparse(generator, [request.rows, request.columns], request.sparsity, request.std, request.dtype);
    case 'orthogonal':
      return orthogonal(generator, request.rows, request.columns, request.gain, request.dtype);
    case 'bernoulli':
      return bernoulli(generator, request.count, request.probability, request.dtype);
    case 'geometric':
      return geometric(generator, request.count, request.probability, request.dtype);
    case 'exponential':
      return exponential(generator, request.count, request.rate, request.dtype);
    case 'cauchy':
      return cauchy(generator, request.count, request.median, request.sigma, request.dtype);
    case 'log_normal':
      return logNormal(generator, request.count, request.mean, request.std, request.dtype);
    case 'randint':
      return randomIntegers(generator, request.count, request.low, request.high);
    case 'randperm':
      return randomPermutation(generator, request.count);
  }
}

/** Moves the generator as `draw` would. */
export function skipDraw(generator: Mt19937, request: DrawRequest): void {
  const words = wordsOf(request);
  if (words !== undefined) generator.skip(words);
  else if (request.kind === 'sparse') skipSparse(generator, request);
  else skipNormal(generator, countOf(request), { ...request, contiguous: false });
}

function skipSparse(generator: Mt19937, request: Extract<DrawRequest, { kind: 'sparse' }>): void {
  skipNormal(generator, countOf(request), request);
  generator.skip(permutationWords(request));
}

/** How many values a draw gives. */
export function countOf(request: DrawRequest): number {
  return 'count' in request ? request.count : request.rows * request.columns;
}

/** How many words a draw takes; undefined where that depends on a sample that waits in the generator. */
export function wordsOf(request: DrawRequest): number | undefined {
  const count = countOf(request);
  switch (request.kind) {
    case 'uniform':
    case 'truncated_normal':
      return request.dtype === 'float64' ? 2 * count : count;
    case 'normal':
    case 'orthogonal':
      return wordsOfNormal(count, request);
    case 'sparse': {
      const words = wordsOfNormal(count, request);
      return words === undefined ? undefined : words + permutationWords(request);
    }
    case 'log_normal':
      return undefined;
    case 'bernoulli':
    case 'geometric':
    case 'exponential':
    case 'cauchy':
      return 2 * count;
    case 'randint':
      return request.high - request.low < 2 ** 32 ? count : 2 * count;
    case 'randperm':
      return Math.max(0, count - 1);
  }
}

function permutationWords({ rows, columns }: Matrix): number {
  return columns * Math.max(0, rows - 1);
}

/** True where the values are torch's to the bit, on Linux x86-64; elsewhere they are within a few ulp. */
export function isExact(request: DrawRequest, build: Build): boolean {
  if (request.kind === 'orthogonal') return false;
  if (request.kind === 'truncated_normal') return build === 'plain' && request.dtype !== 'float64';
  if (request.kind !== 'uniform' && request.kind !== 'bernoulli' && 'dtype' in request && request.dtype === 'float64')
    return false;
  const isVectorizedByMkl = request.kind === 'bernoulli' || request.kind === 'exponential';
  if (isVectorizedByMkl) return build === 'plain';
  return true;
}
