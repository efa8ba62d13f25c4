/** `dataclasses`: the decorator, and what asks about the fields of an object. */
import { isVague, unknownFrom } from '../builtins/define.js';
import { collect } from '../builtins/list.js';
import type { Machine } from '../machine.js';
import { absent, rawNative } from '../native.js';
import { ClassValue, Dict, Instance, List, Tuple, type Value } from '../values.js';
import { deepCopy } from './copy.js';
import { type DataclassOptions, dataclassMethods } from './dataclass-methods.js';
import { classOf, type Entry, method } from './define.js';
import { type Field, fieldOf, fieldsOf, isKnownField } from './fields.js';

const OPTIONS =
  'cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, ' +
  'kw_only=False, slots=False, weakref_slot=False';

export function dataclassesNames(m: Machine): Entry[] {
  const missing = new Instance(classOf(m, 'dataclasses', '_MISSING_TYPE', []));
  const kwOnly = new Instance(classOf(m, 'dataclasses', '_KW_ONLY_TYPE', []));
  const fieldClass = classOf(m, 'dataclasses', 'Field', []);
  const frozenError = classOf(m, 'dataclasses', 'FrozenInstanceError', [], [m.builtins.exception('AttributeError')]);
  const context = { missing, kwOnly, fieldClass, frozenError };
  return [
    method('dataclass', OPTIONS, (machine, cls, ...options) => {
      const chosen = optionsOf(machine, options);
      if (cls instanceof ClassValue) return decorated(machine, cls, chosen, context);
      return rawNative('dataclass', (inner, { positional }) => {
        const [target] = positional;
        return target instanceof ClassValue ? decorated(inner, target, chosen, context) : target!;
      });
    }),
    method(
      'field',
      '*, default=..., default_factory=..., init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=...',
      (machine, fallback, factory, init, repr, _, compare, metadata, keywordOnly) => {
        const orMissing = (value: Value): Value => (value === absent ? missing : value);
        return fieldOf(fieldClass, {
          default: orMissing(fallback!),
          default_factory: orMissing(factory!),
          init: init!,
          repr: repr!,
          compare: compare!,
          metadata: metadata === null ? machine.call(machine.builtins.dictClass) : metadata!,
          kw_only: orMissing(keywordOnly!),
        });
      },
    ),
    method('fields', 'class_or_instance', (machine, object) => {
      if (isVague(object!)) return unknownFrom(machine, 'fields', [object!]);
      const fields = fieldsOf(machine, object!);
      return fields === undefined
        ? machine.raise('TypeError', 'must be called with a dataclass type or instance')
        : new Tuple(fields.filter(isKnownField).map(it => it.value));
    }),
    method('is_dataclass', 'obj', (machine, object) => fieldsOf(machine, object!) !== undefined),
    method('asdict', 'obj, *, dict_factory=None', (machine, object, factory) => {
      const converted = asPlain(machine, object!, 'dict');
      return factory === null ? converted : machine.call(factory!, [machine.callMethod(converted, 'items')]);
    }),
    method('astuple', 'obj, *, tuple_factory=None', (machine, object) => asPlain(machine, object!, 'tuple')),
    method('replace', 'obj, /, **changes', (machine, object, changes) => replaced(machine, object!, changes as Dict)),
    method('make_dataclass', 'cls_name, fields, **options', (machine, name, fields) =>
      makeDataclass(machine, name as string, collect(machine, fields!), context),
    ),
    ['MISSING', missing],
    ['KW_ONLY', kwOnly],
    ['Field', fieldClass],
    ['FrozenInstanceError', frozenError],
    ['InitVar', classOf(m, 'dataclasses', 'InitVar', [])],
  ];
}

export interface DataclassContext {
  readonly missing: Instance;
  readonly kwOnly: Instance;
  readonly fieldClass: ClassValue;
  readonly frozenError: ClassValue;
}

function optionsOf(m: Machine, options: readonly Value[]): DataclassOptions {
  const [init, repr, eq, order, , frozen, , kwOnly] = options.map(it => m.truth(it) !== false);
  return { init: init!, repr: repr!, eq: eq!, order: order!, frozen: frozen!, keywordOnly: kwOnly! };
}

/** Collects the fields and adds the methods; the class stays the one that it was. */
function decorated(m: Machine, cls: ClassValue, options: DataclassOptions, context: DataclassContext): ClassValue {
  const fields = collectFields(m, cls, options, context);
  m.touch(cls);
  cls.attributes.set('__dataclass_fields__', Dict.of(fields.map(it => [it.name, it.value] as const)));
  cls.attributes.set('__dataclass_params__', null);
  cls.attributes.set('__match_args__', new Tuple(fields.filter(it => it.init && !it.keywordOnly).map(it => it.name)));
  for (const [name, value] of dataclassMethods(cls, fields, options, context)) {
    if (!cls.attributes.has(name) || name === '__setattr__') cls.attributes.set(name, value);
  }
  return cls;
}

/** Fields of the bases first, in the order of their first definition. */
function collectFields(m: Machine, cls: ClassValue, options: DataclassOptions, context: DataclassContext): Field[] {
  const fields = new Map<string, Field>();
  for (const base of [...cls.mro.slice(1)].reverse()) {
    for (const field of fieldsOf(m, base, true) ?? []) fields.set(field.name, field);
  }
  let keywordOnly = options.keywordOnly;
  const annotations = cls.attributes.get('__annotations__');
  for (const [name, type] of annotations instanceof Dict ? [...annotations.entries.values()] : []) {
    if (type === context.kwOnly) {
      keywordOnly = true;
      continue;
    }
    const field = ownField(m, cls, name as string, type, keywordOnly, context);
    if (field !== undefined) fields.set(field.name, field);
  }
  return [...fields.values()];
}

/** Undefined for class variables. */
function ownField(
  m: Machine,
  cls: ClassValue,
  name: string,
  type: Value,
  keywordOnly: boolean,
  context: DataclassContext,
): Field | undefined {
  const kind = kindOf(m, type);
  if (kind === 'class') return undefined;
  const given = cls.attributes.get(name);
  const value = given instanceof Instance && given.cls === context.fieldClass ? given : plainField(context, given);
  const { attributes } = value;
  attributes.set('name', name).set('type', type).set('_field_type', kind);
  if (attributes.get('kw_only') === context.missing) attributes.set('kw_only', keywordOnly);
  settleDefault(m, cls, name, attributes.get('default')!, context);
  return {
    name,
    value,
    init: m.truth(attributes.get('init')!) !== false,
    keywordOnly: attributes.get('kw_only') === true,
  };
}

/** The default becomes the class attribute; a field without one leaves none. */
function settleDefault(m: Machine, cls: ClassValue, name: string, value: Value, context: DataclassContext): void {
  m.touch(cls);
  if (value === context.missing) cls.attributes.delete(name);
  else cls.attributes.set(name, value);
  if (value instanceof List || value instanceof Dict) {
    m.raise('ValueError', `mutable default for field ${name} is not allowed: use default_factory`);
  }
}

function plainField({ fieldClass, missing }: DataclassContext, given: Value | undefined): Instance {
  return fieldOf(fieldClass, {
    default: given === undefined ? missing : given,
    default_factory: missing,
    init: true,
    repr: true,
    compare: true,
    metadata: new Dict(),
    kw_only: missing,
  });
}

/** Of an annotated name: a field, a variable of the class, an argument alone. */
export function kindOf(m: Machine, type: Value): 'field' | 'class' | 'init' {
  const form = type instanceof Instance ? (type.attributes.get('__origin__') ?? type) : type;
  const name =
    typeof type === 'string' ? type : form instanceof ClassValue ? form.name : m.findAttribute(form, '_name');
  if (typeof name !== 'string') return 'field';
  if (/^(typing\.)?ClassVar\b/.test(name)) return 'class';
  return /^(dataclasses\.)?InitVar\b/.test(name) ? 'init' : 'field';
}

/** Dataclasses, lists, tuples and dictionaries all the way down; the rest is copied. */
function asPlain(m: Machine, value: Value, form: 'dict' | 'tuple'): Value {
  const fields = value instanceof Instance ? fieldsOf(m, value) : undefined;
  if (fields !== undefined) {
    const pairs = fields
      .filter(isKnownField)
      .map(it => [it.name, asPlain(m, m.getAttribute(value, it.name), form)] as const);
    return form === 'dict' ? Dict.of(pairs) : new Tuple(pairs.map(it => it[1]));
  }
  if (value instanceof List) return new List(value.items.map(it => asPlain(m, it, form)));
  if (value instanceof Tuple) return new Tuple(value.items.map(it => asPlain(m, it, form)));
  if (value instanceof Dict) {
    return new Dict(new Map([...value.entries].map(([key, [name, it]]) => [key, [name, asPlain(m, it, form)]])));
  }
  return deepCopy(m, value, new Dict());
}

function replaced(m: Machine, object: Value, changes: Dict): Value {
  const keywords = new Map<string, Value>();
  for (const { name, init } of fieldsOf(m, object) ?? []) if (init) keywords.set(name, m.getAttribute(object, name));
  return m.call(m.classOf(object), [], new Map([...keywords, ...changes.byName()]));
}

function makeDataclass(m: Machine, name: string, fields: readonly Value[], context: DataclassContext): Value {
  const annotations = new Dict();
  const body = new Map<string, Value>([['__annotations__', annotations]]);
  for (const field of fields) {
    const [key, type, value] = typeof field === 'string' ? [field] : collect(m, field);
    m.setItem(annotations, key!, type ?? null);
    if (value !== undefined) body.set(key as string, value);
  }
  const cls = m.createClass(name, [], body, '__main__');
  const options = { init: true, repr: true, eq: true, order: false, frozen: false, keywordOnly: false };
  return cls instanceof ClassValue ? decorated(m, cls, options, context) : cls;
}
