/** Logs every use of the generator in the order in which Python would make it. */
import { age } from '../../interpreter/age.js';
import type { Machine } from '../../interpreter/machine.js';
import type { Mutable } from '../../interpreter/values.js';
import type { Draw, DrawLog } from '../../model/draws.js';
import type { Drawn, Foreseen, Foresight } from '../../model/foresight.js';

/** A list that grows at its end and shares its beginning, so that forks cost nothing. */
interface Entry {
  readonly draw: Draw;
  readonly index: number;
  readonly previous: Entry | undefined;
}

export class DrawRecorder implements Mutable {
  readonly born = age.now;
  private last: Entry | undefined;
  /** The first draw that evaluation could not be sure of. */
  private inexactAt: number | undefined;
  /** Tells values while they are still being drawn; absent where no seed is known. */
  foresight: Foresight | undefined = undefined;
  /** All draws so far, as they were when somebody asked last. */
  private listed: Draw[] = [];

  constructor(private readonly machine: Machine) {}

  get length(): number {
    return this.last === undefined ? 0 : this.last.index + 1;
  }

  /** Answers the draw's index. */
  add(draw: Draw): number {
    this.machine.touch(this);
    if (draw.count === undefined) this.machine.inexact('the size of a draw is not known');
    if (this.machine.whyInexact !== undefined) this.inexactAt ??= this.length;
    this.last = { draw, index: this.length, previous: this.last };
    return this.last.index;
  }

  /** The values of contents that draws went into. */
  foresee(contents: Drawn): Foreseen | undefined {
    return this.foresight?.foresee(contents, this.list());
  }

  private list(): readonly Draw[] {
    const added: Draw[] = [];
    let entry = this.last;
    for (; entry !== undefined && this.listed[entry.index] !== entry.draw; entry = entry.previous)
      added.push(entry.draw);
    this.listed.length = entry === undefined ? 0 : entry.index + 1;
    this.listed.push(...added.reverse());
    return this.listed;
  }

  log(): DrawLog {
    const draws: Draw[] = [];
    for (let entry = this.last; entry !== undefined; entry = entry.previous) draws.push(entry.draw);
    const reason = this.machine.whyInexact;
    const inexact = reason && {
      reason: reason.message,
      index: this.inexactAt ?? this.length,
      ...(reason.site && { site: reason.site }),
    };
    return { draws: draws.reverse(), ...(inexact && { inexact }) };
  }

  capture(): unknown {
    return this.last;
  }

  restore(state: unknown): void {
    this.last = state as Entry | undefined;
  }

  merge(other: unknown): void {
    const theirs = other as Entry | undefined;
    if (isSame(this.last, theirs)) return;
    this.machine.inexact('two branches of the code, either of which may run, draw differently');
    this.inexactAt ??= Math.min(this.length, (theirs?.index ?? -1) + 1);
    if ((theirs?.index ?? -1) >= this.length) this.last = theirs;
  }
}

function isSame(a: Entry | undefined, b: Entry | undefined): boolean {
  let [left, right] = [a, b];
  while (left !== right) {
    if (left === undefined || right === undefined || left.index !== right.index) return false;
    if (!isSameDraw(left.draw, right.draw)) return false;
    left = left.previous;
    right = right.previous;
  }
  return true;
}

function isSameDraw(a: Draw, b: Draw): boolean {
  const isAlike = a.kind === b.kind && a.count === b.count && a.dtype === b.dtype && a.contiguous === b.contiguous;
  return isAlike && a.args.length === b.args.length && a.args.every((it, i) => Object.is(it, b.args[i]));
}
