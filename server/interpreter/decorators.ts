/** Decorators: what they make of a function or a class, and what is kept of it where that is not known. */
import type * as tree from '../syntax/tree.js';
import { bounded } from './bounded.js';
import { evaluate } from './expressions.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
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

function applied(m: Machine, callee: Value, value: Value): Value {
  const call = () => m.call(callee, [value]);
  return callee instanceof Func && !m.strict ? bounded(m, callee, STEPS_PER_DECORATOR, call) : call();
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
