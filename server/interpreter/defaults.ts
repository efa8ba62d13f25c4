/** Defaults of a function's parameters, among them some that are looked up when they are first asked for. */
import type { Value } from './values.js';

export class LateDefaults extends Map<string, Value> {
  private readonly loads = new Map<string, () => Value>();

  /** The same defaults, as ones that others may join whose values come later. */
  static from(defaults: Map<string, Value> | undefined): LateDefaults {
    return defaults instanceof LateDefaults ? defaults : new LateDefaults(defaults);
  }

  /** The parameter has a default from here on. */
  defer(name: string, load: () => Value): this {
    this.loads.set(name, load);
    return super.set(name, null);
  }

  override get(name: string): Value | undefined {
    const load = this.loads.get(name);
    if (load !== undefined) {
      super.set(name, load());
      this.loads.delete(name);
    }
    return super.get(name);
  }

  override values(): MapIterator<Value> {
    for (const name of this.loads.keys()) this.get(name);
    return super.values();
  }

  override entries(): MapIterator<[string, Value]> {
    for (const name of this.loads.keys()) this.get(name);
    return super.entries();
  }

  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
}
