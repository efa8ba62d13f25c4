/** Forks: evaluates branches one after the other on the same state, then joins what they leave. */
import { age } from './age.js';
import type { Mutable, Value } from './values.js';

export type Join = (mine: Value | undefined, other: Value | undefined) => Value | undefined;

/** What a branch came to; `undefined` when it is dead: Python would raise there. */
export type Branch<T> = () => T | undefined;

type Saved = Map<Mutable, unknown>;

interface Outcome<T> {
  readonly result: T | undefined;
  readonly states: Saved;
}

interface Open {
  readonly saved: Saved;
  /** Objects born since then need not be saved. */
  readonly since: number;
}

/** Rehearsals and branches that have begun: what was made since then is known to them alone. */
let moments = 0;

export class Journal {
  /** Told of every object that two branches left in different states, before these are joined. */
  onJoin: ((object: Mutable, mine: unknown, theirs: unknown) => void) | undefined;
  private open: Open[] = [];
  private forks = 0;

  /** Forks around what is being evaluated; rehearsals do not count. */
  get depth(): number {
    return this.forks;
  }

  /** Saves the object's state before its first change in the innermost fork. Answers how many values were copied. */
  touch(changed: Mutable): number {
    const top = this.open.at(-1);
    if (top === undefined) return 0;
    const object = changed.stateIn ?? changed;
    if (object.born >= top.since || top.saved.has(object)) return 0;
    const state = object.capture();
    top.saved.set(object, state);
    return sizeOf(state);
  }

  /**
   * Runs every branch from the same state and joins the states of those that live. Answers the living results. Once all
   * have run, `continued` may tell what one of them goes on with by itself, before they are joined.
   */
  fork<T>(
    branches: readonly Branch<T>[],
    join: Join,
    continued: (results: readonly (T | undefined)[]) => readonly (Branch<T> | undefined)[] = () => [],
  ): T[] {
    const base: Saved = new Map();
    const outcomes = branches.map(branch => this.explore(branch, base));
    const continuations = continued(outcomes.map(it => it.result));
    const living: { result: T; states: Saved }[] = [];
    for (const [at, outcome] of outcomes.entries()) {
      const { result, states } = this.goOn(outcome, continuations[at], base);
      if (result !== undefined) living.push({ result, states });
    }
    if (living.length > 0)
      this.settle(
        base,
        living.map(it => it.states),
        join,
      );
    this.inherit(base);
    return living.map(it => it.result);
  }

  /** Runs a branch and undoes everything that it did. */
  rehearse<T>(branch: () => T): T {
    const saved: Saved = new Map();
    const outer = age.now;
    age.now = ++moments;
    this.open.push({ saved, since: age.now });
    try {
      return branch();
    } finally {
      this.open.pop();
      age.now = outer;
      for (const [object, state] of saved) object.restore(state);
    }
  }

  /** What is changed by now, as it was before the first rehearsal or fork changed it. */
  statesBefore(): ReadonlyMap<Mutable, unknown> {
    const [outermost, ...others] = this.open;
    if (others.every(it => it.saved.size === 0)) return outermost?.saved ?? new Map();
    const states: Saved = new Map();
    for (const { saved } of this.open)
      for (const [object, state] of saved) if (!states.has(object)) states.set(object, state);
    return states;
  }

  /** Runs what must stay done whatever becomes of the forks around it: an import. */
  aside<T>(run: () => T): T {
    const { open, forks } = this;
    const outer = age.now;
    this.open = [];
    this.forks = 0;
    age.now = 0;
    try {
      return run();
    } finally {
      this.open = open;
      this.forks = forks;
      age.now = outer;
    }
  }

  private explore<T>(branch: Branch<T>, base: Saved): Outcome<T> {
    const touched: Saved = new Map();
    const outer = age.now;
    if (outer > 0) age.now = ++moments;
    this.open.push({ saved: touched, since: outer > 0 ? age.now : Infinity });
    this.forks++;
    try {
      const result = branch();
      return { result, states: statesOf(touched) };
    } finally {
      this.open.pop();
      this.forks--;
      age.now = outer;
      for (const [object, state] of touched) {
        object.restore(state);
        if (!base.has(object)) base.set(object, state);
      }
    }
  }

  /** The branch from where it has ended. */
  private goOn<T>(outcome: Outcome<T>, continuation: Branch<T> | undefined, base: Saved): Outcome<T> {
    if (continuation === undefined) return outcome;
    const resumed = () => {
      for (const [object, state] of outcome.states) {
        this.touch(object);
        object.restore(state);
      }
      return continuation();
    };
    return this.explore(resumed, base);
  }

  private settle(base: Saved, states: readonly Saved[], join: Join): void {
    const [first, ...others] = states;
    for (const [object, before] of base) {
      const stateIn = (branch: Saved) => (branch.has(object) ? branch.get(object) : before);
      object.restore(stateIn(first!));
      for (const other of others) {
        this.onJoin?.(object, stateIn(first!), stateIn(other));
        object.merge(stateIn(other), join);
      }
    }
  }

  /** What an inner fork changed, the outer one has changed too. */
  private inherit(base: Saved): void {
    const outer = this.open.at(-1);
    if (outer === undefined) return;
    for (const [object, state] of base) {
      if (object.born < outer.since && !outer.saved.has(object)) outer.saved.set(object, state);
    }
  }
}

function sizeOf(state: unknown): number {
  if (state instanceof Map) return state.size;
  if (Array.isArray(state)) return state.length;
  if (!(state instanceof Object)) return 0;
  return 'entries' in state ? sizeOf(state.entries) : 'items' in state ? sizeOf(state.items) : 0;
}

function statesOf(touched: Saved): Saved {
  const states: Saved = new Map();
  for (const object of touched.keys()) states.set(object, object.capture(true));
  return states;
}
