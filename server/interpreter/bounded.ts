/** Calls that may take so many steps; what takes more is not known, and is not tried again. */
import type { Machine } from './machine.js';
import { BudgetExceeded } from './raised.js';
import type { Func, Value } from './values.js';

const tooLong = new WeakSet<Func['definition']>();

export function bounded(m: Machine, func: Func, steps: number, call: () => Value): Value {
  const unfinished = () => m.unknown(`\`${func.name}\` takes too long to evaluate`);
  if (tooLong.has(func.definition)) return unfinished();
  const { maximumSteps } = m;
  const bound = m.steps + steps;
  if (bound >= maximumSteps) return call();
  m.maximumSteps = bound;
  try {
    return call();
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    tooLong.add(func.definition);
    return unfinished();
  } finally {
    // Imports that the call has made have moved the bound by what they took.
    m.maximumSteps += maximumSteps - bound;
  }
}
