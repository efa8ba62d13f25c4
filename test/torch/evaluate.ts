/** Evaluates Python text with torch and the standard library, for tests. */
import type { Session } from '../../server/frameworks/framework.js';
import { torch } from '../../server/frameworks/torch/index.js';
import { createBuiltins } from '../../server/interpreter/builtins/index.js';
import { makeModule, runModule } from '../../server/interpreter/imports.js';
import { standardLibrary } from '../../server/interpreter/library/index.js';
import { Machine } from '../../server/interpreter/machine.js';
import { Raised } from '../../server/interpreter/raised.js';
import type { Value } from '../../server/interpreter/values.js';
import { parse } from '../../server/syntax/parse.js';

export interface Evaluated {
  readonly machine: Machine;
  readonly session: Session;
  /** The value of a name at the top level. */
  get(name: string): Value;
  /** The text at a place. */
  at(site: { readonly start: number; readonly end: number }): string;
}

const libraries = [torch.createLibrary(), standardLibrary()];
const builtins = createBuiltins();

export function evaluatePython(text: string, options: { readonly strict?: boolean } = {}): Evaluated {
  const machine = new Machine({
    libraries,
    builtins,
    finder: { find: () => undefined, source: () => undefined, noteImport: () => {} },
    strict: options.strict ?? false,
    maximumSteps: 5_000_000,
  });
  const session = torch.begin(machine);
  const file = { path: '/net.py', text, tree: parse(text) };
  const module = makeModule('__main__', { isPackage: false, isUserCode: true }, file);
  try {
    runModule(machine, module);
  } catch (error) {
    throw error instanceof Raised ? new Error(described(machine, error)) : error;
  }
  return {
    machine,
    session,
    get: name => module.value.attributes.get(name) ?? null,
    at: ({ start, end }) => text.slice(start, end),
  };
}

function described(machine: Machine, { exception }: Raised): string {
  return `${exception.cls.name}: ${machine.repr(exception.attributes.get('args') ?? null)}`;
}
