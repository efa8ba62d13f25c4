/** What constructors of layers refuse: arguments that torch raises for before anything is made. */
import type { Machine } from '../../../interpreter/machine.js';
import { Float, Tuple, type Value } from '../../../interpreter/values.js';
import { evaluate, type Names } from './expression.js';
import type { Plan } from './plan.js';
import type { LayerRow, Refusal } from './row.js';

/** What is not known is let through. */
export function refuse(machine: Machine, row: LayerRow, names: Names, plan: Plan | undefined): void {
  if (row.refuses === undefined || plan?.isAccepted) return;
  // Where nothing would end or be caught, evaluation goes on as if it had been accepted.
  if (!machine.strict && machine.handlers.length === 0) return;
  let isAccepted = true;
  for (const refusal of row.refuses) {
    const isRefused = machine.truth(evaluate(machine, refusal.when, names));
    if (isRefused !== false) isAccepted = false;
    if (isRefused) machine.fault({ code: 'exception', ...wordsOf(machine, refusal, names) });
  }
  if (plan !== undefined && isAccepted) plan.isAccepted = true;
}

/** `{p}` in a message stands for the argument. */
function wordsOf(machine: Machine, { exception, message }: Refusal, names: Names) {
  const filled = message.replace(/\{(\w+)\}/g, (_, name: string) => machine.toText(names(name) ?? null) ?? '');
  return { exception, message: filled };
}

/** Sizes are integers, and none is below zero. */
export function checkSizes(machine: Machine, sizes: Value): void {
  if (!(sizes instanceof Tuple)) return;
  const at = sizes.items.findIndex(it => it instanceof Float);
  if (at >= 0) {
    const message = `empty(): argument 'size' must be tuple of ints, but found element of type float at pos ${at + 1}`;
    machine.fault({ code: 'exception', exception: 'TypeError', message });
  }
  const negative = sizes.items.find(it => typeof it === 'number' && it < 0);
  if (negative !== undefined && sizes.items.every(it => typeof it === 'number')) {
    const message = `Trying to create tensor with negative dimension ${negative}: [${sizes.items.join(', ')}]`;
    machine.fault({ code: 'exception', exception: 'RuntimeError', message });
  }
}
