/** `types`. */
import type { Machine } from '../machine.js';
import { Dict, type Instance, type Tuple } from '../values.js';
import { classOf, type Entry, method } from './define.js';

const names: Readonly<Record<string, string>> = {
  FunctionType: 'function',
  LambdaType: 'function',
  MethodType: 'method',
  BuiltinFunctionType: 'builtin_function_or_method',
  BuiltinMethodType: 'builtin_function_or_method',
  ModuleType: 'module',
  GeneratorType: 'generator',
  NoneType: 'NoneType',
  EllipsisType: 'ellipsis',
  NotImplementedType: 'NotImplementedType',
  DynamicClassAttribute: 'property',
};

export function typesNames(m: Machine): Entry[] {
  return [
    ...Object.entries(names).map(([name, type]): Entry => [name, m.builtins.typeNamed(type)]),
    ['SimpleNamespace', classOf(m, 'types', 'SimpleNamespace', namespaceMethods)],
    ['GenericAlias', classOf(m, 'types', 'GenericAlias', [])],
    ['UnionType', classOf(m, 'types', 'UnionType', [])],
    ['CodeType', classOf(m, 'types', 'code', [])],
    ['TracebackType', classOf(m, 'types', 'traceback', [])],
    ['CoroutineType', classOf(m, 'types', 'coroutine', [])],
    method('MappingProxyType', 'mapping, /', (_, mapping) => mapping!),
    method('new_class', 'name, bases=(), kwds=None, exec_body=None', (machine, name, bases, _, fill) => {
      const body = new Dict();
      if (fill !== null) machine.call(fill!, [body]);
      return machine.call(machine.builtins.typeClass, [name!, bases!, body]);
    }),
    method('coroutine', 'func', (_, callee) => callee!),
  ];
}

/** Attributes given as keywords, printed in the order of their names' first assignment. */
export const namespaceMethods: readonly Entry[] = [
  method('__init__', 'self, /, *args, **kwargs', (m, self, args, keywords) => {
    const given = (args as Tuple).items[0];
    for (const source of [given, keywords!]) {
      if (!(source instanceof Dict)) continue;
      for (const [name, value] of source.entries.values()) m.setAttribute(self!, name as string, value);
    }
    return null;
  }),
  method('__repr__', 'self, /', (m, self) => {
    const parts: string[] = [];
    for (const [name, value] of (self as Instance).attributes) {
      const text = m.repr(value);
      if (text === undefined) return m.unknown('its text is not known');
      parts.push(`${name}=${text}`);
    }
    const { name } = m.classOf(self!);
    return `${name === 'SimpleNamespace' ? 'namespace' : name}(${parts.join(', ')})`;
  }),
  method('__eq__', 'self, other, /', (m, self, other) => {
    if (m.classOf(self!) !== m.classOf(other!)) return m.builtins.notImplemented;
    const [a, b] = [self, other].map(it => Dict.of((it as Instance).attributes)) as [Dict, Dict];
    return m.equal(a, b) ?? m.unknown('the attributes are not all known');
  }),
  method('__contains__', 'self, name, /', (_, self, name) => (self as Instance).attributes.has(name as string)),
];
