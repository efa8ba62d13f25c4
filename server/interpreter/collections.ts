/** Python's collections as the interpreter holds them. */
import { age } from './age.js';
import type { Mutable, Unknown, Value } from './values.js';

export class Tuple {
  constructor(readonly items: readonly Value[]) {}
}
export const emptyTuple = new Tuple([]);

export interface ListState {
  readonly items: readonly Value[];
  readonly more: Unknown | undefined;
}

export class List implements Mutable {
  readonly born: number = age.now;
  /** Set when it is not known how many items there are: one of these may stand for any number. */
  more: Unknown | undefined;
  constructor(
    public items: Value[],
    more?: Unknown,
  ) {
    this.more = more;
  }
  capture(isLeft = false): ListState {
    return { items: isLeft ? this.items : this.items.slice(), more: this.more };
  }
  restore(state: unknown): void {
    const { items, more } = state as ListState;
    this.items = items.slice();
    this.more = more;
  }
  /** Keeps the longer list, so that nothing that may be there is lost. */
  merge(other: unknown, join: (mine: Value | undefined, other: Value | undefined) => Value | undefined): void {
    const { items: theirs, more } = other as ListState;
    const length = Math.max(this.items.length, theirs.length);
    this.items = Array.from({ length }, (_, i) => join(this.items[i], theirs[i])!);
    this.more ??= more;
  }
}

/** What a key is looked up by: equal for values that Python finds equal. */
export type Key = unknown;

interface DictState {
  readonly entries: Dict['entries'];
  readonly more: Unknown | undefined;
}

export class Dict implements Mutable {
  readonly born: number = age.now;
  /** Set when entries were added of which nothing is known: a key that is not found may be there. */
  more?: Unknown;
  constructor(private pairs?: Map<Key, [key: Value, value: Value]>) {}
  /** Made when it is asked for: most dictionaries of modules stay empty. */
  get entries(): Map<Key, [key: Value, value: Value]> {
    this.pairs ??= new Map();
    return this.pairs;
  }
  set entries(pairs: Map<Key, [key: Value, value: Value]>) {
    this.pairs = pairs;
  }
  get size(): number {
    return this.pairs?.size ?? 0;
  }
  /** A dictionary with string keys. */
  static of(record: Iterable<readonly [string, Value]>): Dict {
    const dict = new Dict();
    for (const [name, value] of record) dict.entries.set(name, [name, value]);
    return dict;
  }
  /** One without entries, for a copy of each of them. */
  emptied(): Dict {
    return new Dict();
  }
  /** The same the other way: what `**keywords` took in. */
  byName(): Map<string, Value> {
    return new Map([...this.entries.values()].map(([name, value]) => [name as string, value]));
  }
  capture(isLeft = false): unknown {
    return { entries: isLeft ? this.entries : new Map(this.entries), more: this.more };
  }
  restore(state: unknown): void {
    const { entries, more } = state as DictState;
    this.entries = new Map(entries);
    if (more === undefined) delete this.more;
    else this.more = more;
  }
  merge(other: unknown, join: (mine: Value | undefined, other: Value | undefined) => Value | undefined): void {
    const { entries: theirs, more } = other as DictState;
    if (more !== undefined) this.more ??= more;
    for (const [key, pair] of theirs) {
      const mine = this.entries.get(key);
      // What neither branch has changed: registries are large, and a branch adds an entry.
      if (mine !== pair) this.entries.set(key, [pair[0], join(mine?.[1], pair[1])!]);
    }
    for (const [key, pair] of this.entries)
      if (!theirs.has(key)) this.entries.set(key, [pair[0], join(pair[1], undefined)!]);
  }
}

export interface SetState {
  readonly items: ReadonlyMap<Key, Value>;
  readonly more: Unknown | undefined;
  readonly grown: boolean;
}

export class SetValue implements Mutable {
  readonly born = age.now;
  /** Set when there may be items of which nothing is known. */
  more: Unknown | undefined;
  /** Whether its items were added one by one, in this order, and none was ever taken out: Python's order follows. */
  grown = false;
  constructor(
    public items: Map<Key, Value> = new Map(),
    readonly frozen = false,
    more?: Unknown,
  ) {
    this.more = more;
  }
  capture(isLeft = false): SetState {
    return { items: isLeft ? this.items : new Map(this.items), more: this.more, grown: this.grown };
  }
  restore(state: unknown): void {
    const { items, more, grown } = state as SetState;
    this.items = new Map(items);
    this.more = more;
    this.grown = grown;
  }
  merge(other: unknown): void {
    const { items, more } = other as SetState;
    for (const [key, value] of items) if (this.items.get(key) !== value) this.items.set(key, value);
    this.more ??= more;
    this.grown = false;
  }
}
