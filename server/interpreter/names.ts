/** What a name stands for. */
import type * as tree from '../syntax/tree.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import { Unknown, type Value } from './values.js';

/** The value of a name where it is read; one that nothing can have brought is a fault. */
export function nameValue(m: Machine, frame: Frame, node: tree.Name): Value {
  const own = frame.scope.find(node.name);
  if (own !== undefined) return own;
  const builtin = m.builtins.names.get(node.name);
  if (builtin !== undefined) return builtin;
  const mayBe = frame.scope.mayHold;
  if (mayBe !== undefined) return usualValue(m, node.name, mayBe);
  if (node.name === '__class__' && frame.func?.owner) return frame.func.owner;
  frame.node = node;
  const fault = m.fault({ code: 'exception', exception: 'NameError', message: `name '${node.name}' is not defined` });
  return m.builtins.names.get(FORMER.get(node.name) ?? '') ?? new Unknown(fault.reason, fault.site, node.name);
}

/** Names that Python 2 had: what raises now is followed as it was meant. */
const FORMER: ReadonlyMap<string, string> = new Map([
  ['basestring', 'str'],
  ['long', 'int'],
  ['raw_input', 'input'],
  ['unichr', 'chr'],
  ['unicode', 'str'],
  ['xrange', 'range'],
]);

/** What everybody means by a name that only a module out of sight can have brought: `torch`, `nn`. */
function usualValue(m: Machine, name: string, { reason, site }: Unknown): Value {
  const usual = m.hooks.usualNames?.get(name);
  if (usual === undefined) return new Unknown(reason, site, name);
  m.incomplete(reason);
  return m.importModule(usual);
}
