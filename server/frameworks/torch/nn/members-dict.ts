/** The dictionaries of a module, which remember what only one of two branches that were joined has put there. */
import { Dict, type Value } from '../../../interpreter/values.js';

type Join = (mine: Value | undefined, other: Value | undefined) => Value | undefined;

interface State {
  readonly entries: ReadonlyMap<unknown, unknown>;
  readonly partly: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

const without = (names: ReadonlySet<string>, name: string): ReadonlySet<string> =>
  new Set([...names].filter(it => it !== name));

export class MembersDict extends Dict {
  /** Names that stand here on one branch only. */
  private partly: ReadonlySet<string> = NONE;

  /** Whether a name that is here is here on every branch. */
  isCertain(name: string): boolean {
    return !this.partly.has(name);
  }

  /** The name is put here, or taken away, on the branch that is being evaluated. */
  settle(name: string): void {
    if (this.partly.has(name)) this.partly = without(this.partly, name);
  }

  override emptied(): MembersDict {
    const copy = new MembersDict();
    copy.partly = this.partly;
    return copy;
  }

  override capture(isLeft = false): unknown {
    return { ...(super.capture(isLeft) as object), partly: this.partly };
  }

  override restore(state: unknown): void {
    super.restore(state);
    this.partly = (state as State).partly;
  }

  override merge(other: unknown, join: Join): void {
    const { entries: theirs, partly } = other as State;
    const mine = [...this.entries.keys()];
    const others = [...theirs.keys()].filter(it => !this.entries.has(it));
    const names = [...this.partly, ...partly, ...mine.filter(it => !theirs.has(it)).map(String), ...others.map(String)];
    if (names.length > 0) this.partly = new Set(names);
    super.merge(other, join);
  }
}
