/** What a person chose about hovers. */
import type { Backend, Watch, WeightRequest } from '../../../core/backend.js';
import type { Build } from '../../../core/random/index.js';

export interface HoverOptions {
  readonly seed: number;
  readonly build: Build;
  /** What draws. */
  readonly backend: Backend;
  /** Rejects when nobody waits for the hover any more. */
  readonly watch?: Watch;
  /** Absent: a glance. */
  readonly effort?: WeightRequest['effort'];
  readonly hasPictures: boolean;
  /** The address of a rule's page; absent where the client has none. */
  readonly pageOf?: (rule: string) => string | undefined;
}
