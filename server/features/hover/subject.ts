/** What the cursor is on: a parameter, a layer, a call of an initializer, a network, a nonlinearity, a rule's name. */
import type { Analysis } from '../../analyze.js';
import type { Model, Module, Parameter } from '../../model/model.js';
import type { InitializerCall } from '../../model/parameters.js';
import { type Nonlinearity, nonlinearityOf } from '../../model/questions/operations.js';
import type { Call, Expression, Node } from '../../syntax/tree.js';
import { nodeAt } from '../../syntax/walk.js';
import { isSameSite, type Site, type Span, touches } from '../../text/span.js';
import type { Reached } from '../reached.js';
import { attributeSubject } from './attribute.js';
import { ruleSubject } from './rule.js';

export type Subject = { readonly span: Span } & (
  | { readonly kind: 'parameters'; readonly reached: readonly Reached[] }
  | { readonly kind: 'call'; readonly call: InitializerCall; readonly reached: readonly Reached[] }
  | { readonly kind: 'model'; readonly model: Model }
  | { readonly kind: 'nonlinearity'; readonly nonlinearity: Nonlinearity }
  | { readonly kind: 'rule'; readonly id: string }
);

/** The innermost thing at the offset that InitLens knows something about. */
export function subjectAt(analysis: Analysis, offset: number): Subject | undefined {
  const rule = ruleSubject(analysis, offset);
  if (rule !== undefined) return rule;
  const place = nodeAt(analysis.tree, offset);
  if (place === undefined) return undefined;
  const path = [...place.ancestors, place.node];
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const subject = subjectOf(path[depth]!, path.slice(0, depth), offset, analysis);
    if (subject !== undefined) return subject;
  }
  return undefined;
}

function subjectOf(node: Node, ancestors: readonly Node[], offset: number, analysis: Analysis): Subject | undefined {
  switch (node.kind) {
    case 'Attribute':
      return attributeSubject(node, ancestors, offset, analysis);
    case 'Call':
      return touches(node.callee, offset) ? callSubject(node, analysis) : undefined;
    case 'Name':
      return classSubject(node.name, node, analysis);
    case 'ClassDefinition':
      return touches(node.name, offset) ? classSubject(node.name.name, node.name, analysis) : undefined;
    case 'String':
      return namedNonlinearity(node.value, node, ancestors.at(-1));
    default:
      return undefined;
  }
}

/** A call that writes weights, builds a layer or applies a nonlinearity. */
function callSubject(node: Call, { path, program }: Analysis): Subject | undefined {
  const span = node.callee;
  const call = program.calls.find(it => isAt(it.site, path, node));
  if (call !== undefined) return { kind: 'call', span, call, reached: reachedBy(program.models, path, node) };
  const built = builtAt(program.models, path, node);
  const [module] = built;
  if (endsWith(node.callee, '__init__')) return undefined;
  if (module === undefined) return appliedNonlinearity(node, path, program.models);
  if (module.role === 'nonlinearity') return moduleNonlinearity(module, node, program.models);
  const reached = program.models.flatMap(model =>
    built.flatMap(it => parametersBelow(it)).map(parameter => ({ model, parameter })),
  );
  const own = reached.filter(({ model, parameter }) => model.parameters.includes(parameter));
  if (own.length === 0) return undefined;
  return { kind: 'parameters', span, reached: own };
}

function isAt(site: Site | undefined, path: string, span: Span): boolean {
  return site !== undefined && isSameSite(site, { path, start: span.start, end: span.end });
}

/** The parameters that have a write of this call or statement. */
function reachedBy(models: readonly Model[], path: string, span: Span): readonly Reached[] {
  return models.flatMap(model =>
    model.parameters
      .filter(it => it.writes.some(write => isAt(write.site, path, span)))
      .map(parameter => ({ model, parameter })),
  );
}

function builtAt(models: readonly Model[], path: string, span: Span): readonly Module[] {
  return models.flatMap(model => model.modules.filter(it => isAt(it.site, path, span)));
}

function parametersBelow({ parameters, children }: Module): readonly Parameter[] {
  return [...parameters, ...children.flatMap(parametersBelow)];
}

function appliedNonlinearity(node: Call, path: string, models: readonly Model[]): Subject | undefined {
  for (const { graph } of models) {
    const operation = graph?.operations.find(it => it.kind === 'nonlinearity' && isAt(it.site, path, node));
    const nonlinearity = operation && nonlinearityOf(operation);
    if (nonlinearity !== undefined) return { kind: 'nonlinearity', span: node.callee, nonlinearity };
  }
  return undefined;
}

function moduleNonlinearity(module: Module, node: Call, models: readonly Model[]): Subject | undefined {
  for (const { graph } of models) {
    const operation = graph?.operations.find(it => it.module === module);
    const nonlinearity = operation && nonlinearityOf(operation);
    if (nonlinearity !== undefined) return { kind: 'nonlinearity', span: node.callee, nonlinearity };
  }
  return undefined;
}

function classSubject(name: string, span: Span, { program }: Analysis): Subject | undefined {
  const model = program.models.find(it => it.className === name);
  return model && { kind: 'model', span, model };
}

/** `nonlinearity='relu'`, and the argument of a function that computes gains. */
function namedNonlinearity(name: string, span: Span, parent: Node | undefined): Subject | undefined {
  const isKeyword = parent?.kind === 'Keyword' && parent.name?.name === 'nonlinearity';
  const isArgument = parent?.kind === 'Call' && endsWith(parent.callee, 'calculate_gain');
  if (!isKeyword && !isArgument) return undefined;
  return { kind: 'nonlinearity', span, nonlinearity: { name } };
}

function endsWith(callee: Expression, name: string): boolean {
  if (callee.kind === 'Attribute') return callee.attribute.name === name;
  return callee.kind === 'Name' && callee.name === name;
}
