/** The names of an instance whose `__dict__` is a dictionary that others hold as well: what either changes, both have. */
import type { Dict } from './collections.js';
import type { Value } from './values.js';

export class NamesIn extends Map<string, Value> {
  constructor(private readonly dictionary: Dict) {
    super();
  }
  override get size(): number {
    return this.pairs().length;
  }
  override has(name: string): boolean {
    return this.get(name) !== undefined;
  }
  override get(name: string): Value | undefined {
    return this.dictionary.entries.get(name)?.[1];
  }
  override set(name: string, value: Value): this {
    this.dictionary.entries.set(name, [name, value]);
    return this;
  }
  override delete(name: string): boolean {
    return this.dictionary.entries.delete(name);
  }
  override clear(): void {
    this.dictionary.entries.clear();
  }
  override keys(): MapIterator<string> {
    return iterate(this.pairs().map(([name]) => name));
  }
  override values(): MapIterator<Value> {
    return iterate(this.pairs().map(([, value]) => value));
  }
  override entries(): MapIterator<[string, Value]> {
    return iterate(this.pairs());
  }
  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
  override forEach(visit: (value: Value, name: string, names: Map<string, Value>) => void): void {
    for (const [name, value] of this.pairs()) visit(value, name, this);
  }
  /** Other keys than strings are nobody's names. */
  private pairs(): [string, Value][] {
    return [...this.dictionary.entries.values()].filter((it): it is [string, Value] => typeof it[0] === 'string');
  }
}

const iterate = <T>(items: readonly T[]): MapIterator<T> => items[Symbol.iterator]() as MapIterator<T>;
