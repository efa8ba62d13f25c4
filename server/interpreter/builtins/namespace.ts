/** `globals()` and `__dict__`: a dictionary that reads and writes the names of an object. */
import { Dict, Instance, type Key, type Mutable, type Value } from '../values.js';

interface Owner extends Mutable {
  attributes: Map<string, Value>;
}

export class Namespace extends Dict {
  override readonly born: number;
  constructor(readonly owner: Owner) {
    super(new LiveEntries(owner));
    this.born = owner.born;
  }
  /** A dictionary that others can hold, in which the object's names are from now on. */
  settled(): Dict {
    const dictionary = new Dict(new Map(this.entries));
    if (this.owner instanceof Instance) this.owner.keepIn(dictionary);
    return dictionary;
  }
  override capture(): unknown {
    return this.owner.capture();
  }
  override restore(state: unknown): void {
    this.owner.restore(state);
  }
  override merge(other: unknown, join: (mine: Value | undefined, other: Value | undefined) => Value | undefined): void {
    this.owner.merge(other, join);
  }
}

type Pair = [key: Value, value: Value];

/** Looks like the entries of a dictionary; the names stay where they are. */
class LiveEntries extends Map<Key, Pair> {
  constructor(private readonly owner: Owner) {
    super();
  }
  private get names(): Map<string, Value> {
    return this.owner.attributes;
  }
  override get size(): number {
    return this.names.size;
  }
  override has(key: Key): boolean {
    return this.names.has(key as string);
  }
  override get(key: Key): Pair | undefined {
    const value = this.names.get(key as string);
    return value === undefined ? undefined : [key as string, value];
  }
  override set(key: Key, [, value]: Pair): this {
    this.names.set(key as string, value);
    return this;
  }
  override delete(key: Key): boolean {
    return this.names.delete(key as string);
  }
  override clear(): void {
    this.names.clear();
  }
  override keys(): MapIterator<Key> {
    return this.names.keys();
  }
  override values(): MapIterator<Pair> {
    return this.pairs()
      .map(it => it[1])
      [Symbol.iterator]() as MapIterator<Pair>;
  }
  override entries(): MapIterator<[Key, Pair]> {
    return this.pairs()[Symbol.iterator]() as MapIterator<[Key, Pair]>;
  }
  override [Symbol.iterator](): MapIterator<[Key, Pair]> {
    return this.entries();
  }
  private pairs(): [Key, Pair][] {
    return [...this.names].map(([name, value]) => [name, [name, value]]);
  }
}
