/** `attr` and `attrs`: classes whose attributes are declared, much as `dataclasses` has it. Validators only refuse: none is asked. */
import type { Machine } from '../machine.js';
import { absent, rawNative } from '../native.js';
import { ClassValue, Dict, Instance, Tuple, type Value } from '../values.js';
import { attributesOf, type DeclaredAttribute, type Request } from './attrs-fields.js';
import { attrsInitializer } from './attrs-initializer.js';
import { equality, representation } from './dataclass-methods.js';
import { classOf, type Entry, method, setAttributes, unknownNames } from './define.js';

export interface AttrsWords {
  readonly nothing: Instance;
  readonly factory: ClassValue;
  /** What a declaration leaves in the class body until the class is decorated. */
  readonly declared: ClassValue;
  readonly attribute: ClassValue;
}

export function attrsNames(m: Machine): Entry[] {
  const words = vocabulary(m);
  return [
    ...['ib', 'attrib', 'field'].map(name => declaration(name, words)),
    ...['s', 'attrs', 'attributes'].map(name => decorator(name, words, 'declared')),
    ...['define', 'mutable', 'frozen', 'dataclass'].map(name => decorator(name, words, 'annotated')),
    ['Factory', words.factory],
    ['NOTHING', words.nothing],
    ['Attribute', words.attribute],
    method('fields', 'cls', (machine, cls) => machine.getAttribute(cls!, '__attrs_attrs__')),
    method('has', 'cls', (machine, cls) => machine.findAttribute(cls!, '__attrs_attrs__') !== undefined),
    method('asdict', 'inst, **options', (machine, object) => asPlain(machine, object!)),
    method('evolve', 'inst, /, **changes', (machine, object, changes) => evolved(machine, object!, changes as Dict)),
    ...unknownNames('what it checks or converts is not followed', 'validators converters setters filters exceptions'),
  ];
}

function vocabulary(m: Machine): AttrsWords {
  const nothing = new Instance(classOf(m, 'attr', '_Nothing', []));
  const factory = classOf(m, 'attr', 'Factory', [
    method('__init__', 'self, factory, takes_self=False', (machine, self, callee, takesSelf) => {
      setAttributes(machine, self!, [
        ['factory', callee!],
        ['takes_self', takesSelf!],
      ]);
      return null;
    }),
  ]);
  const declared = classOf(m, 'attr', '_CountingAttr', [
    method('validator', 'self, meth, /', (_, __, check) => check!),
    method('default', 'self, meth, /', (machine, self, make) => {
      setAttributes(machine, self!, [['_default', machine.call(factory, [make!, true])]]);
      return make!;
    }),
  ]);
  return { nothing, factory, declared, attribute: classOf(m, 'attr', 'Attribute', []) };
}

function declaration(name: string, { nothing, factory, declared }: AttrsWords): Entry {
  return method(name, 'default=..., validator=None, **options', (m, value, _, options) => {
    const given = (options as Dict).byName();
    const make = given.get('factory') ?? null;
    const plain = value === absent ? nothing : value!;
    const instance = new Instance(declared);
    instance.attributes.set('_default', make === null ? plain : m.call(factory, [make]));
    for (const [key, it] of given) instance.attributes.set(`_${key}`, it);
    return instance;
  });
}

function decorator(name: string, words: AttrsWords, style: Request['style']): Entry {
  return method(name, 'maybe_cls=None, **options', (m, target, options) => {
    const request = { options: (options as Dict).byName(), words, style };
    if (target instanceof ClassValue) return decorated(m, target, request);
    return rawNative(name, (inner, { positional: [cls] }) =>
      cls instanceof ClassValue ? decorated(inner, cls, request) : cls!,
    );
  });
}

function decorated(m: Machine, cls: ClassValue, request: Request): ClassValue {
  const { options, words, style } = request;
  const fields = attributesOf(m, cls, request);
  m.touch(cls);
  const { attributes } = cls;
  for (const [name, value] of [...attributes]) {
    if (value instanceof Instance && value.cls === words.declared) attributes.delete(name);
  }
  attributes.set('__attrs_attrs__', new Tuple(fields.map(it => it.value)));
  const isOn = (option: string): boolean => m.truth(options.get(option) ?? true) !== false;
  const add = ([name, method]: Entry): void => {
    if (style === 'declared' || !attributes.has(name)) attributes.set(name, method);
  };
  if (isOn('init')) add(attrsInitializer(fields, words));
  if (isOn('repr')) add(representation(fields));
  if (isOn('eq') && isOn('cmp')) {
    add(equality(fields));
    if (options.get('hash') !== false && options.get('unsafe_hash') === undefined) add(['__hash__', null]);
  }
  return cls;
}

function asPlain(m: Machine, object: Value): Value {
  const fields = m.findAttribute(m.classOf(object), '__attrs_attrs__');
  if (!(object instanceof Instance) || !(fields instanceof Tuple)) return object;
  const names = fields.items.map(it => (it as DeclaredAttribute['value']).attributes.get('name') as string);
  return Dict.of(names.map(name => [name, asPlain(m, m.getAttribute(object, name))] as const));
}

function evolved(m: Machine, object: Value, changes: Dict): Value {
  const keywords = new Map<string, Value>();
  for (const field of m.iterate(m.getAttribute(object, '__attrs_attrs__'))) {
    const { attributes } = field as DeclaredAttribute['value'];
    if (attributes.get('init') === false) continue;
    keywords.set(attributes.get('alias') as string, m.getAttribute(object, attributes.get('name') as string));
  }
  return m.call(m.classOf(object), [], new Map([...keywords, ...changes.byName()]));
}
