/** Functions that code out of sight is given: it may call them, and what they would do then is worth knowing. */
import type { Machine } from './machine.js';
import { Raised } from './raised.js';
import { Func, Unknown, type Value } from './values.js';

/** In a function that nothing calls, `net.apply(init)` shows what `init` does though nothing is known of `net`. Undone. */
export function rehearseCallbacks(m: Machine, values: readonly Value[]): void {
  if (!m.flags.uncalled || m.strict) return;
  for (const value of values) {
    if (value instanceof Func && value.module.isUserCode && !m.entered.has(value.definition)) rehearse(m, value);
  }
}

function rehearse(m: Machine, func: Func): void {
  const { list } = func.definition.parameters;
  const needed = list.filter(
    it => it.passing !== 'variadic' && it.passing !== 'keywords' && !func.defaults.has(it.name.name),
  );
  const keywords = new Map<string, Value>(
    needed.map(({ name }) => [name.name, new Unknown(`\`${name.name}\` is a parameter`, m.site(), name.name)]),
  );
  try {
    m.journal.rehearse(() => m.callWith(func, { positional: [], keywords }));
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
  }
}
