/** The seam between a framework and everything above it. */
import type { Library } from '../interpreter/native.js';
import type { Intent } from '../model/intent.js';
import type { Source } from '../text/source.js';
import type { Tree } from '../syntax/tree.js';
import type { Span } from '../text/span.js';

export interface Edit extends Span {
  readonly text: string;
}

export interface Framework {
  readonly id: string;
  /** Whether a file that imports these top-level names concerns this framework. */
  readonly packages: readonly string[];
  /** A fresh library for one evaluation. */
  library(): Library;
  /** Writes an intended change as code, with the file's imports, aliases, quotes and line width; undefined when it cannot. */
  write(intent: Intent, source: Source, tree: Tree): readonly Edit[] | undefined;
}
