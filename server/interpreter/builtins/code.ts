/** The code of a function as an object, and functions that are made of it. */
import type { Machine } from '../machine.js';
import { nativeClass } from '../native.js';
import { type ClassValue, Func, Instance, Tuple, type Value } from '../values.js';
import { maker } from './construct.js';
import type { Entry } from './define.js';

class Code extends Instance {
  constructor(
    cls: ClassValue,
    readonly of: Func,
  ) {
    super(cls);
  }
}

/** `function.__code__`. */
export function codeOf(m: Machine, func: Func): Value {
  const code = new Code(nativeClass('code', 'builtins', [m.builtins.objectClass], []), func);
  code.attributes
    .set('co_name', func.name)
    .set('co_filename', func.module.path ?? null)
    .set('co_argcount', positionalOf(func).length);
  return code;
}

/** `types.FunctionType(code, globals, …)`: the same function once more. */
export const functionMaker: Entry = maker(
  'code, globals, name=None, argdefs=None, closure=None',
  (m, _, code, _globals, given, values) => {
    if (!(code instanceof Code)) return m.unknown('the code of the function is not known');
    const { definition, name, qualifiedName, scope, module, owner } = code.of;
    const defaults = defaultsOf(code.of, values instanceof Tuple ? values.items : []);
    return new Func(
      definition,
      typeof given === 'string' ? given : name,
      qualifiedName,
      scope,
      module,
      defaults,
      owner,
    );
  },
);

const positionalOf = ({ definition }: Func): readonly string[] =>
  definition.parameters.list
    .filter(it => it.passing === 'any' || it.passing === 'positionalOnly')
    .map(it => it.name.name);

/** The values are those of the last positional parameters; what is given by name alone keeps its own. */
function defaultsOf(func: Func, values: readonly Value[]): ReadonlyMap<string, Value> {
  const positional = positionalOf(func);
  const named = [...func.defaults].filter(([name]) => !positional.includes(name));
  const from = positional.length - values.length;
  return new Map([...values.map((value, i) => [positional[from + i]!, value] as const), ...named]);
}
