/** Annotations of functions: evaluated when somebody asks for them, which hardly any code does. */
import type { Expression } from '../syntax/tree.js';
import { evaluate } from './expressions.js';
import { Frame } from './frame.js';
import type { Machine } from './machine.js';
import { Dict, type Func, type Value } from './values.js';

/** `__annotations__`: by the names of parameters, and `return`. */
export function annotationsOf(m: Machine, func: Func): Dict {
  const { parameters } = func.definition;
  const written: (readonly [string, Expression | undefined])[] = parameters.list.map(it => [
    it.name.name,
    it.annotation,
  ]);
  if (func.definition.kind === 'FunctionDefinition') written.push(['return', func.definition.returns]);
  return Dict.of(written.flatMap(([name, node]) => (node === undefined ? [] : [[name, annotation(m, func, node)]])));
}

export function annotationOf(m: Machine, func: Func, parameter: string): Value | undefined {
  const node = func.definition.parameters.list.find(it => it.name.name === parameter)?.annotation;
  return node && annotation(m, func, node);
}

export function returnAnnotationOf(m: Machine, func: Func): Value | undefined {
  const node = func.definition.kind === 'FunctionDefinition' ? func.definition.returns : undefined;
  return node && annotation(m, func, node);
}

function annotation(m: Machine, { module, scope }: Func, node: Expression): Value {
  const caller = m.frame;
  m.enter(new Frame(module, scope, caller));
  try {
    return m.attempt('Exception', () => evaluate(m, m.frame!, node)) ?? m.unknown('an annotation');
  } finally {
    m.frame = caller;
  }
}
