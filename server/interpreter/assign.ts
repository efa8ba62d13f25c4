/** Assignment and deletion of every kind of target. */
import type * as tree from '../syntax/tree.js';
import { evaluate } from './expressions.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import type { Scope } from './scope.js';
import { List, Unknown, type Value } from './values.js';

export function assign(m: Machine, frame: Frame, target: tree.Expression, value: Value): void {
  switch (target.kind) {
    case 'Name':
      setName(m, frame.scope, target.name, value);
      return;
    case 'Attribute': {
      const object = evaluate(m, frame, target.value);
      frame.node = target;
      m.directCall = undefined;
      m.setAttribute(object, target.attribute.name, value);
      return;
    }
    case 'Subscript': {
      const object = evaluate(m, frame, target.value);
      const index = evaluate(m, frame, target.index);
      frame.node = target;
      m.directCall = undefined;
      m.setItem(object, index, value);
      return;
    }
    case 'Tuple':
    case 'List':
      unpack(m, frame, target, value);
      return;
    case 'Starred':
      assign(m, frame, target.value, value);
      return;
    default:
      return;
  }
}

export function setName(m: Machine, scope: Scope, name: string, value: Value): void {
  const target = scope.target(name);
  m.touch(target.owner);
  target.variables.set(name, value);
}

function unpack(m: Machine, frame: Frame, target: tree.Tuple | tree.List, value: Value): void {
  const targets = target.elements;
  const values = unpacked(m, frame, targets, value);
  for (const [i, element] of targets.entries()) assign(m, frame, element, values[i]!);
}

/** One value per target. What is unknown gives unknowns of its own. */
function unpacked(m: Machine, frame: Frame, targets: readonly tree.Expression[], value: Value): readonly Value[] {
  if (value instanceof Unknown) return targets.map((_, i) => m.getItem(value, i));
  frame.node = targets[0];
  const items = [...m.iterate(value)];
  if (items.length === 1 && items[0] instanceof Unknown && targets.length > 1) return targets.map(() => items[0]!);
  const star = targets.findIndex(it => it.kind === 'Starred');
  if (star >= 0 && items.length >= targets.length - 1) {
    const rest = items.length - (targets.length - 1 - star);
    return [...items.slice(0, star), new List(items.slice(star, rest)), ...items.slice(rest)];
  }
  if (star < 0 && items.length === targets.length) return items;
  const message =
    items.length > targets.length
      ? `too many values to unpack (expected ${targets.length})`
      : `not enough values to unpack (expected ${targets.length}, got ${items.length})`;
  const fault = m.fault({ code: 'exception', exception: 'ValueError', message });
  return targets.map(() => fault);
}

/** Makes every name that the target binds unknown: the statement that would have bound it failed. */
export function assignUnknown(m: Machine, frame: Frame, target: tree.Expression, value: Unknown): void {
  if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const element of target.elements) assignUnknown(m, frame, element, value);
  } else {
    assign(m, frame, target, value);
  }
}

export function remove(m: Machine, frame: Frame, target: tree.Expression): void {
  switch (target.kind) {
    case 'Name': {
      const scope = frame.scope.target(target.name);
      m.touch(scope.owner);
      scope.variables.delete(target.name);
      return;
    }
    case 'Attribute':
      m.deleteAttribute(evaluate(m, frame, target.value), target.attribute.name);
      return;
    case 'Subscript':
      m.deleteItem(evaluate(m, frame, target.value), evaluate(m, frame, target.index));
      return;
    case 'Tuple':
    case 'List':
      for (const element of target.elements) remove(m, frame, element);
      return;
    default:
      return;
  }
}
