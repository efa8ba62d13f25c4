/** What stands for a base class that cannot be seen: a network tells by what it does that it is one. */
import type { ClassBlueprint } from '../../../interpreter/classes.js';
import type { Machine } from '../../../interpreter/machine.js';
import { ClassValue } from '../../../interpreter/values.js';
import type * as tree from '../../../syntax/tree.js';
import { namesPretrained } from '../hugging-face.js';
import { layersOf } from './classes.js';

/** `torch.nn.Module`, for a class that has a forward or makes layers, whatever it derives from. */
export function baseUnseen(machine: Machine, { bases, definition }: ClassBlueprint): ClassValue | undefined {
  if (definition === undefined || namesPretrained(definition)) return undefined;
  const { module } = layersOf(machine);
  if (bases.some(it => it instanceof ClassValue && it.mro.includes(module))) return undefined;
  const text = definition.module.text.slice(definition.node.start, definition.node.end);
  return definition.node.body.some(isForward) || MAKES_LAYERS.test(text) ? module : undefined;
}

/** Not that of a function with a gradient of its own, which is static and takes a context. */
function isForward(it: tree.Statement): boolean {
  return it.kind === 'FunctionDefinition' && it.name.name === 'forward' && it.parameters.list[0]?.name.name === 'self';
}

const MAKES_LAYERS = /\bself\.\w+ *= *(?:torch\.)?nn\.(?!init\b|functional\b|utils\b)\w+\(/;
