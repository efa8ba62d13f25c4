/** Bounds what is evaluated: each part ends for itself alone, at an exception or with its budget. */
import type { Machine } from '../interpreter/machine.js';
import { BudgetExceeded, Raised } from '../interpreter/raised.js';

/** For what is asked of what was evaluated, when that has taken all. */
const LEAST_PER_PART = 2000;

/** Of the steps of an entry point, for its code; what is left is for the networks' forward. */
export const SHARE_OF_RUN = 2 / 3;

const unfinished = new WeakSet<Machine>();

/** Whether something of it was given up for the steps that it would have taken. */
export const isUnfinished = (machine: Machine): boolean => unfinished.has(machine);

/** Which modules are loaded already must not decide how far the file's own code gets. */
export const ownSteps = ({ steps, stepsOfImports }: Machine): number => steps - stepsOfImports;

/** A part of an entry point, with a share of what is left of the machine's budget; it ends for itself alone. */
export function guarded(machine: Machine, run: () => void, share = 1): void {
  const { steps } = machine;
  const restore = restoring(machine);
  const left = machine.options.maximumSteps - ownSteps(machine);
  machine.maximumSteps = steps + Math.max(LEAST_PER_PART, Math.floor(share * left));
  try {
    run();
  } catch (error) {
    if (!(error instanceof BudgetExceeded || error instanceof Raised || error instanceof RangeError)) throw error;
    if (error instanceof BudgetExceeded) unfinished.add(machine);
    machine.inexact('the evaluation was not finished');
  } finally {
    restore();
  }
}

/** Whether it ends with an exception, behind which the machine goes on. */
export function raises(machine: Machine, run: () => void): boolean {
  const restore = restoring(machine);
  try {
    run();
    return false;
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    restore();
    return true;
  }
}

/** What puts a machine that was left in the middle of something back to where nothing has begun. */
function restoring(machine: Machine): () => void {
  const { flags } = machine;
  const before = { ...flags };
  const loops = machine.loops.length;
  return () => {
    machine.frame = undefined;
    machine.directCall = undefined;
    machine.handlers.length = 0;
    machine.loops.length = loops;
    Object.assign(flags, before);
  };
}
