/** What a fork can save, restore and join. */
import type { Value } from './values.js';

export interface Mutable {
  /** What `age.now` was when it was made. */
  readonly born: number;
  /** Another object that holds its state. */
  stateIn?: Mutable;
  /** A state to restore; where the object is left for another state at once, what it holds itself. */
  capture(isLeft?: boolean): unknown;
  restore(state: unknown): void;
  /** Joins the state of the other branch into this one's; `join` joins two values, either of which may be absent. */
  merge(other: unknown, join: (mine: Value | undefined, other: Value | undefined) => Value | undefined): void;
}
