/** `types`: the classes behind Python's own values, and bare namespaces. */
import type { Entry } from '../builtins/define.js';
import { type ModuleTable, method, setAttributes } from '../library/define.js';
import { nativeClass } from '../native.js';
import { BoundMethod, type ClassValue, Dict, type Func, ModuleValue, NativeFunction } from '../values.js';

export const types: ModuleTable = m => {
  const b = m.builtins;
  const nothing = new NativeFunction('nothing', undefined, () => null);
  return [
    ['SimpleNamespace', nativeClass('SimpleNamespace', 'types', [b.objectClass], namespaceMembers)],
    ['NoneType', b.classOf(null)],
    ['ModuleType', b.classOf(new ModuleValue(''))],
    ['BuiltinFunctionType', b.classOf(nothing)],
    ['BuiltinMethodType', b.classOf(nothing)],
    ['FunctionType', b.functionClass],
    ['LambdaType', b.functionClass],
    ['MethodType', binding(b.classOf(new BoundMethod(null, nothing)))],
    ['MappingProxyType', b.dictClass],
    ['GenericAlias', b.typeClass],
    ['UnionType', b.typeClass],
  ];
};

const namespaceMembers: readonly Entry[] = [
  method('__init__', 'self, mapping=None, /, **kwargs', (m, self, ...sources) => {
    for (const source of sources) {
      if (!(source instanceof Dict)) continue;
      setAttributes(
        m,
        self!,
        [...source.entries.values()].map(([key, value]) => [String(key), value] as const),
      );
    }
    return null;
  }),
];

/** `types.MethodType(function, instance)` binds. */
function binding(cls: ClassValue): ClassValue {
  const [name, create] = method(
    '__new__',
    'cls, function, instance',
    (_, __, callee, self) => new BoundMethod(self!, callee as Func),
  );
  cls.attributes.set(name, create);
  return cls;
}
