/** Decorators: what they make of a function or a class, and what is kept of it where that is not known. */
import type * as tree from '../syntax/tree.js';
import { bounded } from './bounded.js';
import { evaluate } from './expressions.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import { Raised } from './raised.js';
import { ClassValue, Func, Unknown, type Value } from './values.js';

type Definition = tree.FunctionDefinition | tree.ClassDefinition;

export function decorate(m: Machine, frame: Frame, { decorators }: Definition, value: Value): Value {
  let decorated = value;
  for (const decorator of decorators.toReversed()) {
    const callee = evaluate(m, frame, decorator);
    frame.node = decorator;
    m.directCall = undefined;
    const made = applied(m, callee, decorated);
    decorated = made instanceof Unknown && !makesAttribute(decorator) ? kept(decorated, made) : made;
  }
  return decorated;
}

/** Some write documentation, and take longer than what they document. */
const STEPS_PER_DECORATOR = 2000;

/**
 * A registry refuses what it has already: a package that the file belongs to may have loaded the file under its own name. What it
 * refuses is what it was.
 */
function applied(m: Machine, callee: Value, value: Value): Value {
  const call = () => m.call(callee, [value]);
  if (!(callee instanceof Func) || m.strict) return call();
  const { frame } = m;
  try {
    return bounded(m, callee, STEPS_PER_DECORATOR, call);
  } catch (error) {
    if (!(error instanceof Raised) || m.handlers.length > 0) throw error;
    m.frame = frame;
    return value;
  }
}

/** Registries and wrappers answer what they are given, or what does the same: it is kept, and remembers the doubt. */
function kept(before: Value, made: Unknown): Value {
  if (!(before instanceof ClassValue || before instanceof Func)) return made;
  before.alteredBy ??= made;
  return before;
}

/** `cached_property` and its kind are read, not called. */
function makesAttribute(decorator: tree.Expression): boolean {
  const callee = decorator.kind === 'Call' ? decorator.callee : decorator;
  const name = callee.kind === 'Attribute' ? callee.attribute.name : callee.kind === 'Name' ? callee.name : '';
  return /property|attribute|setter|getter/i.test(name);
}
