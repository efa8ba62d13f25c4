/** Bounds what is evaluated: each part ends for itself alone, at an exception or with its budget. */
import type { Machine } from '../interpreter/machine.js';
import { BudgetExceeded, Raised } from '../interpreter/raised.js';

/** Steps for one entry point: an ordinary network takes some thousands. */
export const STEPS_PER_ENTRY = 300_000;

/** An entry point ends for itself alone: at an exception, or with its budget. */
export function guarded(machine: Machine, run: () => void): void {
  const { flags, steps } = machine;
  const before = { ...flags };
  machine.maximumSteps = steps + STEPS_PER_ENTRY;
  try {
    run();
  } catch (error) {
    if (!(error instanceof BudgetExceeded || error instanceof Raised || error instanceof RangeError)) throw error;
    machine.inexact('the evaluation was not finished');
  } finally {
    machine.frame = undefined;
    machine.directCall = undefined;
    machine.handlers.length = 0;
    Object.assign(flags, before);
  }
}
