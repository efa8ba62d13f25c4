/** Python's builtins: the classes of all builtin types, the exceptions, and the functions that need no import. */
import { nativeClass } from '../native.js';
import {
  BoundMethod,
  Bytes,
  ClassValue,
  Descriptor,
  Dict,
  ellipsis,
  Float,
  Func,
  Instance,
  Iterator,
  List,
  ModuleValue,
  NativeFunction,
  notImplemented,
  Range,
  SetValue,
  Singleton,
  Slice,
  Super,
  Tuple,
  Unknown,
  type Value,
} from '../values.js';
import { aggregates } from './aggregates.js';
import { bytesMethods } from './bytes.js';
import { functionMaker } from './code.js';
import { maker } from './construct.js';
import type { Table } from './define.js';
import { classmethodMethods, functionMethods, propertyMethods, staticmethodMethods } from './descriptors.js';
import { dictMethods } from './dict.js';
import { aliases, createExceptions } from './exceptions.js';
import { complexMethods, floatMethods } from './float.js';
import { boolMethods, intMethods } from './int.js';
import { iteration } from './iteration.js';
import { generatorMethods, iteratorMethods, lazyClasses } from './iterators.js';
import { listMethods } from './list.js';
import { numeric } from './numeric.js';
import { objectMethods, typeMethods } from './objects.js';
import { reflection } from './reflection.js';
import { frozensetMethods, setMethods } from './set.js';
import { strMethods } from './strings/index.js';
import { strConstructor, textual } from './textual.js';
import { rangeMethods, sliceMethods, tupleMethods } from './tuple.js';
import { viewMethods } from './views.js';

/** Types that Python code cannot name, with what they can do. */
const hiddenTypes: Readonly<Record<string, Table>> = {
  NoneType: [],
  ellipsis: [],
  NotImplementedType: [],
  function: [functionMaker, ...functionMethods],
  method: [maker('function, instance, /', (_, __, callee, self) => new BoundMethod(self!, callee as Func))],
  builtin_function_or_method: [],
  module: [maker('name, doc=None', (_, __, name) => new ModuleValue(name as string))],
  generator: generatorMethods,
  dict_keys: viewMethods,
  dict_values: viewMethods,
  dict_items: viewMethods,
};

/** Types under their own names. */
const namedTypes: Readonly<Record<string, Table>> = {
  int: intMethods,
  float: floatMethods,
  complex: complexMethods,
  str: [strConstructor, ...strMethods],
  bytes: bytesMethods,
  bytearray: bytesMethods,
  list: listMethods,
  tuple: tupleMethods,
  dict: dictMethods,
  set: setMethods,
  frozenset: frozensetMethods,
  range: rangeMethods,
  slice: sliceMethods,
  property: propertyMethods,
  staticmethod: staticmethodMethods,
  classmethod: classmethodMethods,
  super: [],
};

export class Builtins {
  /** What a name that no scope holds means. */
  readonly names = new Map<string, Value>();
  readonly notImplemented = notImplemented;
  readonly objectClass: ClassValue;
  readonly typeClass: ClassValue;
  private readonly exceptions: ReadonlyMap<string, ClassValue>;
  private readonly types = new Map<string, ClassValue>();

  constructor() {
    this.objectClass = this.named('object', [], objectMethods);
    this.typeClass = this.named('type', [this.objectClass], typeMethods);
    for (const [name, table] of Object.entries(namedTypes)) this.named(name, [this.objectClass], table);
    this.named('bool', [this.intClass], boolMethods);
    for (const [name, entry] of Object.entries(lazyClasses)) {
      this.named(name, [this.objectClass], [entry, ...iteratorMethods]);
    }
    for (const [name, table] of Object.entries(hiddenTypes)) this.type(name, [this.objectClass], table);
    this.exceptions = createExceptions(this.objectClass);
    for (const [name, cls] of this.exceptions) this.names.set(name, cls);
    for (const [name, original] of Object.entries(aliases)) this.names.set(name, this.exception(original));
    for (const table of [aggregates, iteration, numeric, reflection, textual]) {
      for (const [name, value] of table) this.names.set(name, value);
    }
    this.addConstants();
  }

  /** An exception class by name; `Exception` for names that Python does not have. */
  exception(name: string): ClassValue {
    return this.exceptions.get(name) ?? this.exceptions.get('Exception')!;
  }

  /** A builtin type by its `__name__`; iterators of any name are made when they are first asked for. */
  typeNamed(name: string): ClassValue {
    return this.types.get(name) ?? this.type(name, [this.objectClass], iteratorMethods);
  }

  classOf(value: Value): ClassValue {
    if (value instanceof Instance) return value.cls;
    if (value instanceof ClassValue) return value.metaclass ?? this.typeClass;
    if (value instanceof Super) return this.typeNamed('super');
    if (value instanceof Float && value.cls !== undefined) return value.cls;
    return this.typeNamed(typeNameOf(value));
  }

  get intClass(): ClassValue {
    return this.typeNamed('int');
  }
  get floatClass(): ClassValue {
    return this.typeNamed('float');
  }
  get boolClass(): ClassValue {
    return this.typeNamed('bool');
  }
  get strClass(): ClassValue {
    return this.typeNamed('str');
  }
  get listClass(): ClassValue {
    return this.typeNamed('list');
  }
  get tupleClass(): ClassValue {
    return this.typeNamed('tuple');
  }
  get dictClass(): ClassValue {
    return this.typeNamed('dict');
  }
  get setClass(): ClassValue {
    return this.typeNamed('set');
  }
  get noneClass(): ClassValue {
    return this.typeNamed('NoneType');
  }
  get functionClass(): ClassValue {
    return this.typeNamed('function');
  }
  get propertyClass(): ClassValue {
    return this.typeNamed('property');
  }

  private named(name: string, bases: readonly ClassValue[], table: Table): ClassValue {
    const cls = this.type(name, bases, table);
    this.names.set(name, cls);
    return cls;
  }

  private type(name: string, bases: readonly ClassValue[], table: Table): ClassValue {
    const cls = nativeClass(name, 'builtins', bases, table);
    this.types.set(name, cls);
    return cls;
  }

  private addConstants(): void {
    this.names.set('Ellipsis', ellipsis);
    this.names.set('NotImplemented', notImplemented);
    this.names.set('__debug__', true);
    this.names.set('__name__', 'builtins');
  }
}

export function createBuiltins(): Builtins {
  return new Builtins();
}

function typeNameOf(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'number' || typeof value === 'bigint') return 'int';
  if (value instanceof Float) return 'float';
  if (value instanceof List) return 'list';
  if (value instanceof Dict) return 'dict';
  if (value instanceof Tuple) return 'tuple';
  if (value instanceof Iterator) return value.typeName;
  if (value instanceof SetValue) return value.frozen ? 'frozenset' : 'set';
  if (value instanceof Func) return 'function';
  return rareTypeName(value);
}

function rareTypeName(value: Value): string {
  if (value instanceof BoundMethod) return 'method';
  if (value instanceof NativeFunction) return 'builtin_function_or_method';
  if (value instanceof Bytes) return 'bytes';
  if (value instanceof Range) return 'range';
  if (value instanceof Slice) return 'slice';
  if (value instanceof ModuleValue) return 'module';
  if (value instanceof Descriptor) return value.kind;
  if (value instanceof Singleton) return value === ellipsis ? 'ellipsis' : 'NotImplementedType';
  return value instanceof Unknown ? 'object' : 'int';
}
