/** The log of every use of the generator, in the order in which Python would make them. */
import type { Site } from '../text/span.js';
import type { Drawn, Foreseen } from './foresight.js';

export interface Draw {
  /**
   * What torch calls: `uniform_`, `normal_`, `trunc_normal_`, `sparse_`, `orthogonal_`, `randperm`, `bernoulli_`…;
   * `manual_seed` with the seed; `save_state` and `restore_state` with the number of the state.
   */
  readonly kind: string;
  /** Numeric arguments of the call: low, high; mean, std; mean, std, a, b. */
  readonly args: readonly number[];
  /** Elements drawn; undefined when the size is not known: exactness ends here. */
  readonly count: number | undefined;
  readonly shape: readonly number[] | undefined;
  readonly dtype: 'float32' | 'float64' | 'bfloat16' | 'float16' | 'int64';
  readonly contiguous: boolean;
  /** The generator that is asked, by the order in which generators were made; absent for the default one. */
  readonly generator?: number;
  readonly site?: Site;
}

export interface DrawLog {
  readonly draws: readonly Draw[];
  /** Where exactness ended, and why; absent while every draw is known. */
  readonly inexact?: { readonly reason: string; readonly site?: Site; readonly index: number };
}

/** What a storage holds: a base, then operations on all or part of it. */
export type StorageWrite =
  | ({ readonly kind: 'constant'; readonly value: number; readonly region?: Region } & Computed)
  | {
      readonly kind: 'draw';
      readonly index: number;
      /** Tells the values of contents that this is a part of; absent where no seed is known. */
      readonly oracle?: { foresee(contents: Drawn): Foreseen | undefined };
      readonly region?: Region;
    }
  | ({ readonly kind: 'data'; readonly values: ArrayLike<number>; readonly region?: Region } & Computed)
  /** Elementwise arithmetic in the storage's dtype, rounded per operation. */
  | {
      readonly kind: 'map';
      readonly operation: MapOperation;
      readonly operands: readonly number[];
      readonly region?: Region;
    }
  | {
      readonly kind: 'copy';
      readonly source: readonly StorageWrite[];
      /** The source's element type, where that is another. */
      readonly dtype?: Draw['dtype'];
      readonly from?: Region;
      readonly region?: Region;
    }
  /** The 2-norms of the rows that the source makes when it is read in the order of `from`. */
  | {
      readonly kind: 'norms';
      readonly source: readonly StorageWrite[];
      readonly from: Region;
      readonly rows: number;
      /** Whether the numbers of a row lie apart where torch sums them: one by one then. */
      readonly areApart?: boolean;
      readonly region?: Region;
    }
  /** `renorm` of the matrix that the source makes: rows or columns that are longer than `most` become as long. */
  | {
      readonly kind: 'renorm';
      readonly source: readonly StorageWrite[];
      readonly rows: number;
      readonly columns: number;
      readonly along: 'rows' | 'columns';
      readonly most: number;
      readonly region?: Region;
    }
  /** Arithmetic of two tensors, element by element, rounded once; both stretched to the shape. */
  | {
      readonly kind: 'combined';
      readonly operation: CombinedOperation;
      readonly shape: readonly number[];
      readonly operands: readonly [CombinedOperand, CombinedOperand];
      readonly region?: Region;
    }
  | { readonly kind: 'opaque'; readonly reason: string; readonly region?: Region };

export type CombinedOperation = 'add' | 'subtract' | 'multiply' | 'divide';

export interface CombinedOperand {
  readonly source: readonly StorageWrite[];
  readonly count: number;
  /** Along every axis of the result; 0 where it is stretched. */
  readonly strides: readonly number[];
}

/** What other contents a write is made of. */
export function sourcesOf(write: StorageWrite): readonly (readonly StorageWrite[])[] {
  if (write.kind === 'combined') return write.operands.map(it => it.source);
  return 'source' in write ? [write.source] : [];
}

/** The positions in the log of the draws that values come from, also by way of other contents; each once. */
export function drawsIn(writes: readonly StorageWrite[]): readonly number[] {
  const draws = new Set<number>();
  const seen = new Set([writes]);
  for (const contents of seen) {
    for (const write of contents) {
      if (write.kind === 'draw') draws.add(write.index);
      else for (const source of sourcesOf(write)) seen.add(source);
    }
  }
  return [...draws];
}

interface Computed {
  /** The function that torch computes the values with, in vector code that differs by an ulp or two. */
  readonly approximate?: string;
}

/** Ends the name of a function that only builds with MKL compute in vector code of their own. */
export const WITH_MKL = ' with MKL';

export type MapOperation =
  | 'add'
  | 'multiply'
  | 'divide'
  | 'clamp'
  | 'floor'
  | 'erfinv'
  | 'exp'
  | 'log'
  | 'negate'
  | 'power'
  | 'abs'
  | 'sqrt'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'sigmoid';

/** A strided view: element i₀,i₁,… lies at offset + Σ iₖ·strideₖ. */
export interface Region {
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** What decides a parameter's values: a base, then what came on top of it. */
export interface Contents {
  readonly dtype: Draw['dtype'];
  readonly writes: readonly StorageWrite[];
  /** Where the parameter lies in what was written, when that is not all of it in order. */
  readonly region?: Region;
  /** The number of elements written to, the parameter's own and those around it. */
  readonly count: number | undefined;
}
