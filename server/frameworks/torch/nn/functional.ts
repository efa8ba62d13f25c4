/** Finds functions of torch.nn.functional for the layers whose forward calls them. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Value } from '../../../interpreter/values.js';

export function functional(machine: Machine, name: string): Value | undefined {
  return machine.findAttribute(machine.importModule('torch.nn.functional'), name);
}
