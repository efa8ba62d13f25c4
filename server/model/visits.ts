/** How code that initializes modules by their kind came by a module: by `apply`, or by asking for its class. */
import type { Site } from '../text/span.js';
import type { Module } from './parameters.js';

export interface Visit {
  readonly module: Module;
  /** The function that was applied to the module, or that asked; absent in a script's body. */
  readonly helper?: Site;
  /** Calls around it, from the innermost outwards. */
  readonly chain: readonly Site[];
  /** Its text calls initializers. */
  readonly initializes?: true;
  /** The question, where the visit is one. */
  readonly test?: ClassTest;
}

/** `isinstance(m, nn.Conv2d)`, `type(m) == nn.Conv2d`, `classname.find('Conv') != -1`. */
export interface ClassTest {
  readonly site: Site;
  /** The classes as written: `nn.Conv2d`, `(nn.Conv2d, nn.Linear)`, `'Conv'`. */
  readonly classes: Site;
  readonly written: string;
  /** A tuple of classes may stand where one does. */
  readonly takesMany: boolean;
  /** Undefined where it is not known. */
  readonly holds: boolean | undefined;
}
