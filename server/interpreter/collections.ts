/** Python's collections as the interpreter holds them. */
import { age } from './age.js';
import type { Mutable, Unknown, Value } from './values.js';

export class Tuple {
  constructor(readonly items: readonly Value[]) {}
}
export const emptyTuple = new Tuple([]);

export class List implements Mutable {
  readonly born: number = age.now;
  constructor(public items: Value[]) {}
  capture(): unknown {
    return this.items.slice();
  }
  restore(state: unknown): void {
    this.items = (state as Value[]).slice();
  }
  /** Keeps the longer list, so that nothing that may be there is lost. */
  merge(other: unknown, join: (mine: Value | undefined, other: Value | undefined) => Value | undefined): void {
    const theirs = other as Value[];
    const length = Math.max(this.items.length, theirs.length);
    this.items = Array.from({ length }, (_, i) => join(this.items[i], theirs[i])!);
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
  capture(): unknown {
    return { entries: new Map(this.entries), more: this.more };
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
    for (const [key, pair] of theirs) this.entries.set(key, [pair[0], join(this.entries.get(key)?.[1], pair[1])!]);
    for (const [key, pair] of this.entries)
      if (!theirs.has(key)) this.entries.set(key, [pair[0], join(pair[1], undefined)!]);
  }
}

export class SetValue implements Mutable {
  readonly born = age.now;
  constructor(
    public items: Map<Key, Value> = new Map(),
    readonly frozen = false,
  ) {}
  capture(): unknown {
    return new Map(this.items);
  }
  restore(state: unknown): void {
    this.items = new Map(state as typeof this.items);
  }
  merge(other: unknown): void {
    for (const [key, value] of other as typeof this.items) this.items.set(key, value);
  }
}
