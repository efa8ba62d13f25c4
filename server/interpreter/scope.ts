/** Where names live while Python code is evaluated. */
import { age } from './age.js';
import type { Func, ModuleValue, Mutable, Unknown, Value } from './values.js';

type Join = (mine: Value | undefined, other: Value | undefined) => Value | undefined;

export class Scope implements Mutable {
  readonly born = age.now;
  /** Names declared `global` or `nonlocal`, with the scope that holds them. */
  private redirected: Map<string, Scope> | undefined;
  /** Set when a star import or an unknown namespace may have brought any name. */
  unknownNames?: Unknown;
  /** Functions defined in a class body, also those that a decorator hides: the class is their `__class__`. */
  methods?: Func[];
  /** Names that were read out of this scope, while somebody wants to know. */
  reads: Set<string> | undefined;

  constructor(
    readonly kind: 'module' | 'function' | 'class' | 'comprehension',
    readonly parent: Scope | undefined,
    readonly variables: Map<string, Value> = new Map(),
    /** The module value that shares `variables`, for module scopes. */
    readonly module?: ModuleValue,
  ) {}

  /** What forks save when a name of this scope changes. */
  get owner(): Mutable {
    return this.module ?? this;
  }

  /** The value of a name as code in this scope sees it, builtins aside. */
  find(name: string): Value | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const value = scope.variables.get(name);
      if (value !== undefined) {
        scope.reads?.add(name);
        return value;
      }
      if (scope.redirected?.has(name)) return scope.redirected.get(name)!.variables.get(name);
    }
    return undefined;
  }

  /** Where an assignment to the name goes. */
  target(name: string): Scope {
    return this.redirected?.get(name) ?? this;
  }

  /** Where `:=` binds: comprehensions have no names of their own for it. */
  get nearestFunction(): Scope {
    return this.kind === 'comprehension' && this.parent ? this.parent.nearestFunction : this;
  }

  declareGlobal(name: string): void {
    this.redirect(name, this.root);
  }

  declareNonlocal(name: string): void {
    let scope = this.parent;
    while (scope?.parent && !scope.variables.has(name)) scope = scope.parent;
    if (scope) this.redirect(name, scope);
  }

  get root(): Scope {
    return this.parent ? this.parent.root : this;
  }

  /** The reason why a name that is not found may exist all the same. */
  get mayHold(): Unknown | undefined {
    return this.unknownNames ?? this.parent?.mayHold;
  }

  capture(): unknown {
    return new Map(this.variables);
  }

  restore(state: unknown): void {
    this.variables.clear();
    for (const [name, value] of state as Map<string, Value>) this.variables.set(name, value);
  }

  merge(other: unknown, join: Join): void {
    const theirs = other as Map<string, Value>;
    for (const name of new Set([...this.variables.keys(), ...theirs.keys()])) {
      const joined = join(this.variables.get(name), theirs.get(name));
      if (joined !== undefined) this.variables.set(name, joined);
    }
  }

  private redirect(name: string, scope: Scope): void {
    this.redirected ??= new Map();
    this.redirected.set(name, scope);
  }
}
