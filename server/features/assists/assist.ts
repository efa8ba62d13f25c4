/** What can be done with a piece of code where nothing is wrong with it. */
import type { FileEdit } from '../../analyze.js';

export interface Assist {
  readonly title: string;
  readonly edits: readonly FileEdit[];
}
