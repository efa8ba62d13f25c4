/** Methods in which a network computes whose class has no forward, or one that only says that there is none. */
import { Raised } from '../../../interpreter/raised.js';
import { Func, type Instance } from '../../../interpreter/values.js';
import { walk } from '../../../syntax/walk.js';

/** `raise NotImplementedError`: subclasses, or callers, are to do something else. */
export function isMissing(error: unknown): boolean {
  return error instanceof Raised && error.exception.cls.name === 'NotImplementedError';
}

/** Those of its own that take something in and use what the network holds: `encode`, `act`, `compute_logits`. */
export function otherForwards({ cls }: Instance): readonly Func[] {
  const found = new Map<string, Func>();
  for (const { attributes, definition } of cls.mro) {
    if (definition === undefined) break;
    for (const it of attributes.values()) {
      if (it instanceof Func && !found.has(it.name) && isComputation(it)) found.set(it.name, it);
    }
  }
  const methods = [...found.values()];
  // What another one of them calls is met there.
  return methods.filter(it => !methods.some(other => other !== it && calls(other, it.name)));
}

function isComputation({ definition, name, defaults, module }: Func): boolean {
  if (definition.kind !== 'FunctionDefinition' || definition.decorators.length > 0 || name === 'forward') return false;
  if (OTHERWISE.test(name) || STARTS.test(module.text.slice(definition.start, definition.end))) return false;
  const [self, ...others] = definition.parameters.list;
  const isMethod = self?.name.name === 'self';
  return isMethod && others.some(it => it.passing !== 'keywords' && !defaults.has(it.name.name));
}

/** Names that Python, the framework or training calls. */
const OTHERWISE =
  /^(__\w+__|_?(init|reset|load|save|train|fit|update|learn|step|backward|configure|set|register|log)\w*)$/;

/** Code that may start weights, or train them. */
const STARTS = /\binit|\breset_|_\(|\.backward\(|\.step\(/;

function calls({ definition }: Func, name: string): boolean {
  let found = false;
  walk(definition, node => {
    found ||= node.kind === 'Attribute' && node.attribute.name === name && isSelf(node.value);
    return !found;
  });
  return found;
}

const isSelf = (value: { readonly kind: string }): boolean =>
  value.kind === 'Name' && 'name' in value && value.name === 'self';
