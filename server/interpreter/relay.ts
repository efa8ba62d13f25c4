/** What machines that share modules share: an import that waits runs on whichever of them asks for it. */
import type { Machine } from './machine.js';
import type { Raised } from './raised.js';

export class Relay {
  /** The machine that evaluates at the moment; set by the first that is made with it. */
  machine!: Machine;
  /** Modules whose bodies raised, by name, and how often; until a file changes. */
  readonly failed = new Map<string, { readonly times: number; readonly error: Raised }>();
}
