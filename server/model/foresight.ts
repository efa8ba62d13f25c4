/** The values that a seed will give, told while the code that draws them is still being evaluated. */
import type { Contents, Draw } from './draws.js';

export type Drawn = Omit<Contents, 'region'>;

export interface Foreseen {
  /** In memory order. */
  readonly values: ArrayLike<number>;
  /** What went into them that differs from torch's by an ulp or two. */
  readonly approximate?: string;
}

export interface Foresight {
  /** Undefined where something about the contents is not known. `draws` are all so far. */
  foresee(contents: Drawn, draws: readonly Draw[]): Foreseen | undefined;
}
