/** Notices when something comes to its end of which not even the number of items is known. */
import type { Unknown } from './values.js';

export class OpenEnds {
  count = 0;
  /** What it was last. */
  last: Unknown | undefined;

  note(what: Unknown): void {
    this.count++;
    this.last = what;
  }
}
