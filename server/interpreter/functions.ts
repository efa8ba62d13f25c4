/** Makes functions of definitions and lambdas. */
import type * as tree from '../syntax/tree.js';
import { LateDefaults } from './defaults.js';
import { lateDefault } from './deferred-imports.js';
import { evaluate } from './expressions.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import { Func, type Value } from './values.js';

export function makeFunction(
  m: Machine,
  frame: Frame,
  node: tree.FunctionDefinition | tree.Lambda,
  name: string,
): Func {
  const defaults = defaultsOf(m, frame, node.parameters);
  let scope = frame.scope;
  while (scope.kind === 'class' && scope.parent) scope = scope.parent;
  const outer = frame.scope.kind === 'class' ? frame.scope.variables.get('__qualname__') : undefined;
  const qualifiedName = typeof outer === 'string' ? `${outer}.${name}` : name;
  const isMethod = frame.scope.kind === 'class';
  const owner = isMethod ? undefined : frame.func?.owner;
  const func = new Func(node, name, qualifiedName, scope, frame.module, defaults, owner);
  if (isMethod) {
    frame.scope.methods ??= [];
    frame.scope.methods.push(func);
  }
  return func;
}

function defaultsOf(m: Machine, frame: Frame, { list }: tree.Parameters): ReadonlyMap<string, Value> {
  let defaults: Map<string, Value> | undefined;
  for (const { name, default: node } of list) {
    if (node === undefined) continue;
    const load = lateDefault(m, frame, node);
    if (load === undefined) defaults = (defaults ?? new Map()).set(name.name, evaluate(m, frame, node));
    else defaults = LateDefaults.from(defaults).defer(name.name, load);
  }
  return defaults ?? none;
}

const none: ReadonlyMap<string, Value> = new Map();
