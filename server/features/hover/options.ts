/** What a person chose about hovers. */
import type { Build } from '../../../core/random/index.js';

export interface HoverOptions {
  readonly seed: number;
  readonly build: Build;
  readonly hasPictures: boolean;
}
