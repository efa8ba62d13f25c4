/** `self.fc`, `self.fc.weight`: the layer or parameter of the class around it that an attribute names. */
import type { Analysis } from '../../analyze.js';
import type { Model, Module, Parameter } from '../../model/model.js';
import type { Attribute, Expression, Node } from '../../syntax/tree.js';
import type { Reached } from '../reached.js';
import type { Subject } from './subject.js';

export function attributeSubject(
  node: Attribute,
  ancestors: readonly Node[],
  offset: number,
  { program }: Analysis,
): Subject | undefined {
  if (offset < node.attribute.start) return undefined;
  const path = pathFromSelf(node);
  const around = ancestors.findLast(it => it.kind === 'ClassDefinition');
  if (path === undefined || around?.kind !== 'ClassDefinition') return undefined;
  const found = program.models.flatMap(model => namedIn(model, around.name.name, path));
  if (found.length === 0) return undefined;
  return { kind: 'parameters', span: node.attribute, reached: sameOwner(found) };
}

/** The attributes behind `self`. */
function pathFromSelf(node: Expression): readonly string[] | undefined {
  if (node.kind === 'Name') return node.name === 'self' ? [] : undefined;
  if (node.kind !== 'Attribute') return undefined;
  const before = pathFromSelf(node.value);
  return before && [...before, node.attribute.name];
}

/** In every module of the class that the model has. */
function namedIn(model: Model, className: string, path: readonly string[]): readonly Reached[] {
  const owners = model.modules.filter(it => it.className === className);
  return owners.flatMap(owner => parametersAt(owner, path).map(parameter => ({ model, parameter })));
}

function parametersAt(owner: Module, path: readonly string[]): readonly Parameter[] {
  const name = [owner.path, ...path].filter(it => it !== '').join('.');
  return below(owner).filter(it => it.name === name || it.name.startsWith(`${name}.`));
}

function below({ parameters, children }: Module): readonly Parameter[] {
  return [...parameters, ...children.flatMap(below)];
}

/** Of equal modules in many places one is enough to look at. */
function sameOwner(found: readonly Reached[]): readonly Reached[] {
  const [first] = found;
  return found.filter(it => it.model === first?.model);
}
