/** Evaluates a text on its own, for tests. */
import { createBuiltins } from '../../server/interpreter/builtins/index.js';
import { makeModule, runModule } from '../../server/interpreter/imports.js';
import { standardLibrary } from '../../server/interpreter/library/index.js';
import { Machine, type MachineOptions } from '../../server/interpreter/machine.js';
import type { SourceModule } from '../../server/interpreter/modules.js';
import type { Value } from '../../server/interpreter/values.js';
import { parse } from '../../server/syntax/parse.js';

/** What a module's body leaves in its variables; strict, so that what Python would raise is raised. */
export function evaluateText(
  text: string,
  options: Partial<MachineOptions> = {},
): { machine: Machine; module: SourceModule; variables: ReadonlyMap<string, Value> } {
  const machine = new Machine({
    libraries: [standardLibrary()],
    builtins: createBuiltins(),
    finder: { find: () => undefined, source: () => undefined, noteImport: () => {} },
    strict: true,
    maximumSteps: 1_000_000,
    ...options,
  });
  const file = { path: '/test.py', text, tree: parse(text) };
  const module = makeModule('__main__', { isPackage: false, isUserCode: true }, file);
  runModule(machine, module);
  return { machine, module, variables: module.value.attributes };
}
