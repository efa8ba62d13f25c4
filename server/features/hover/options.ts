/** What a person chose about hovers. */
import type { Backend } from '../../../core/backend.js';
import type { Build } from '../../../core/random/index.js';

export interface HoverOptions {
  readonly seed: number;
  readonly build: Build;
  /** What draws. */
  readonly backend: Backend;
  readonly hasPictures: boolean;
}
