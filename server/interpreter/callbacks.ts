/** Functions that code out of sight is given: it may call them, and what they would do then is worth knowing. */
import type { Machine } from './machine.js';
import { Raised } from './raised.js';
import { BoundMethod, Dict, Func, Instance, Tuple, Unknown, type Value } from './values.js';

/** In a function that nothing calls, `net.apply(init)` shows what `init` does though nothing is known of `net`. Undone. */
export function rehearseCallbacks(m: Machine, values: readonly Value[]): void {
  if (!m.flags.uncalled || m.strict) return;
  for (const value of values) {
    const callback = callbackOf(value);
    const { module, definition } = callback?.func ?? {};
    if (callback && module?.isUserCode && !m.entered.has(definition!)) rehearse(m, callback);
  }
}

interface Callback {
  readonly value: Value;
  readonly func: Func;
  /** How many of its arguments it has already, and which by name. */
  readonly given: number;
  readonly named: ReadonlySet<unknown>;
}

/** A function, a method of something, or a function with some of its arguments, as `functools.partial` makes it. */
function callbackOf(value: Value): Callback | undefined {
  const none = new Set<unknown>();
  if (value instanceof Func) return { value, func: value, given: 0, named: none };
  if (value instanceof BoundMethod) {
    return value.callee instanceof Func ? { value, func: value.callee, given: 1, named: none } : undefined;
  }
  const { attributes } = value instanceof Instance && value.cls.name === 'partial' ? value : {};
  const [func, args, keywords] = ['func', 'args', 'keywords'].map(it => attributes?.get(it));
  if (!(func instanceof Func && args instanceof Tuple && keywords instanceof Dict)) return undefined;
  return { value, func, given: args.items.length, named: new Set(keywords.entries.keys()) };
}

function rehearse(m: Machine, { value, func, given, named }: Callback): void {
  const needed = func.definition.parameters.list.slice(given).filter(({ passing, name: { name } }) => {
    return passing !== 'variadic' && passing !== 'keywords' && !func.defaults.has(name) && !named.has(name);
  });
  const keywords = new Map<string, Value>(
    needed.map(({ name }) => [name.name, new Unknown(`\`${name.name}\` is a parameter`, m.site(), name.name)]),
  );
  try {
    m.journal.rehearse(() => m.callWith(value, { positional: [], keywords }));
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
  }
}
