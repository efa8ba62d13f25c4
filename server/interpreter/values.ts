/**
 * Python values as the interpreter holds them.
 *
 * None, bool and str are JavaScript's null, boolean and string; int is a number, a bigint beyond the safe integers; float
 * is boxed, because Python tells 1 from 1.0. Everything else is an object of a class below. `Unknown` is a value of which
 * nothing but its origin is known, `Symbolic` an integer known as an expression, `Union` one of a few values.
 */
import type { Size } from '../../core/size.js';
import type { PowerOfSize } from '../model/parameters.js';
import type * as tree from '../syntax/tree.js';
import type { Site } from '../text/span.js';
import { age } from './age.js';
import type { Dict, List, SetValue, Tuple } from './collections.js';
import type { Machine } from './machine.js';
import { mergeMaps } from './merge-maps.js';
import { ModuleNames } from './module-names.js';
import type { SourceModule } from './modules.js';
import type { Mutable } from './mutable.js';
import { NamesIn } from './names-in.js';
import type { Scope } from './scope.js';

export { Dict, emptyTuple, type Key, List, SetValue, Tuple } from './collections.js';
export type { Mutable } from './mutable.js';

export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Float
  | Bytes
  | Singleton
  | Tuple
  | List
  | Dict
  | SetValue
  | Slice
  | Range
  | Iterator
  | Func
  | BoundMethod
  | NativeFunction
  | ClassValue
  | Instance
  | ModuleValue
  | Super
  | Descriptor
  | Symbolic
  | Unknown
  | Union;

export class Float {
  constructor(
    readonly value: number,
    /** What it was computed from, when that is a size. */
    readonly power?: PowerOfSize,
    /** The class of numpy's own floats, whose operators they have. */
    readonly cls?: ClassValue,
  ) {}
}

/** One char code per byte. */
export class Bytes {
  constructor(readonly value: string) {}
}

/** `...` and `NotImplemented`. */
export class Singleton {
  constructor(readonly name: string) {}
}
export const ellipsis = new Singleton('Ellipsis');
export const notImplemented = new Singleton('NotImplemented');

export class Slice {
  constructor(
    readonly start: Value,
    readonly stop: Value,
    readonly step: Value,
  ) {}
}

export class Range {
  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {}
  get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }
}

/** Any iterator, generators among them: pulled one by one, so that effects come in Python's order. */
export class Iterator {
  constructor(
    readonly source: globalThis.Iterator<Value, Value | undefined, Value>,
    readonly typeName = 'generator',
    /** Whether one item stands for an unknown number of them. */
    readonly isOpenEnded = false,
  ) {}
}

/** A function written in Python: its definition with the scope and defaults it closes over. */
export class Func {
  #attributes: Map<string, Value> | undefined;
  /** What a decorator made of it that is not known; taken to do the same. */
  alteredBy?: Unknown;
  constructor(
    readonly definition: tree.FunctionDefinition | tree.Lambda,
    readonly name: string,
    readonly qualifiedName: string,
    readonly scope: Scope,
    readonly module: SourceModule,
    /** By parameter name. */
    readonly defaults: ReadonlyMap<string, Value>,
    /** The class in whose body it was defined; `super()` starts above it. */
    public owner?: ClassValue,
  ) {}

  /** Few functions have any. */
  get attributes(): Map<string, Value> {
    this.#attributes ??= new Map();
    return this.#attributes;
  }
}

export class BoundMethod {
  constructor(
    readonly self: Value,
    readonly callee: Func | NativeFunction | Instance,
  ) {}
}

/** Arguments of a call before they are bound. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** Set when a star argument was unknown, so that any parameter may have been given. */
  readonly unknown?: Unknown;
  /** How many of the positional arguments stand behind a star of which the length is not known. */
  readonly behindStar?: number;
}
export const noKeywords: ReadonlyMap<string, Value> = new Map();

/** A function of a library, in TypeScript. With a signature it gets one value per parameter, in that order. */
export class NativeFunction {
  constructor(
    readonly name: string,
    readonly signature: NativeSignature | undefined,
    readonly run: (machine: Machine, args: Arguments, bound: readonly Value[]) => Value,
    /** True where an attribute look-up on an instance binds `self`. */
    readonly binds = true,
    /** The name that the library wants to be called by instead. */
    readonly replacement?: string,
  ) {}
}

export interface NativeSignature {
  readonly text: string;
  readonly parameters: readonly NativeParameter[];
  /** Every parameter may be given by its place, and none takes what is left. */
  readonly isPlain?: boolean;
}
export interface NativeParameter {
  readonly name: string;
  readonly passing: tree.Parameter['passing'];
  /** Absent for a required parameter. */
  readonly default?: Value;
}

export class ClassValue implements Mutable {
  /** Libraries make their classes on demand, and evaluations share them. */
  readonly born = 0;
  /** Method resolution order, this class first. */
  mro: readonly ClassValue[];
  constructor(
    readonly name: string,
    readonly bases: readonly ClassValue[],
    public attributes: Map<string, Value>,
    /** Dotted module name, as `__module__` tells it. */
    readonly moduleName: string,
    /** Where it is defined, for classes written in Python. */
    readonly definition?: { readonly node: tree.ClassDefinition; readonly module: SourceModule },
    public metaclass?: ClassValue,
  ) {
    this.mro = [this];
  }
  /** Set when a base could not be evaluated: attributes that are not found are unknown, not missing. */
  unknownBase?: Unknown;
  /** What is known of the bases in front of that one. */
  basesInFront: readonly ClassValue[] = [];
  /** A `__getattribute__` written in Python: reads of attributes go through it. */
  lookup?: Func;
  /** What a decorator made of it that is not known; taken to do the same. */
  alteredBy?: Unknown;
  /** Its instances compare elementwise: `==` and `<` give one of them, not a truth. */
  comparesElementwise?: boolean;
  /** Makes the bare instance for `__new__`; inherited along the MRO. */
  allocate?: (cls: ClassValue) => Instance;
  /** Called when Python code derives from it, with the new class; may answer another value in its place. Inherited. */
  derived?: (machine: Machine, cls: ClassValue, keywords: ReadonlyMap<string, Value>) => Value;
  capture(): unknown {
    return new Map(this.attributes);
  }
  restore(state: unknown): void {
    this.attributes = new Map(state as Map<string, Value>);
  }
  merge(other: unknown, join: (mine: Value | undefined, other: Value | undefined) => Value | undefined): void {
    mergeMaps(this.attributes, other as Map<string, Value>, join);
  }
}

/** An object of a class; libraries derive from it to hold state of their own (a tensor, a compiled pattern). */
export class Instance implements Mutable {
  readonly born = age.now;
  private names: Map<string, Value> | undefined = undefined;
  /** Attributes that others have as well: they become its own when somebody may change them. */
  private common: ReadonlyMap<string, Value> | undefined = undefined;
  /** For classes that derive from a builtin: the list, dict, str, int… that the instance is. */
  payload?: Value;
  /** The dictionary that code has put in the place of its attributes, and that others may hold. */
  stateIn?: Dict;
  constructor(public cls: ClassValue) {}
  keepIn(dictionary: Dict): void {
    this.restore(undefined);
    this.stateIn = dictionary;
    this.names = new NamesIn(dictionary);
  }
  /** Made when it is asked for: most tensors have none of their own. */
  get attributes(): Map<string, Value> {
    if (this.names === undefined) {
      this.names = this.common === undefined ? new Map() : this.copyOf(this.common);
      this.common = undefined;
    }
    return this.names;
  }
  /** What it has in common with others, as long as nothing about it is its own. */
  get shared(): ReadonlyMap<string, Value> | undefined {
    return this.common;
  }
  /** Gives it attributes that others have as well; false where it has some of its own. */
  share(attributes: ReadonlyMap<string, Value>): boolean {
    if (this.names !== undefined) return false;
    this.common = attributes;
    return true;
  }
  protected copyOf(attributes: ReadonlyMap<string, Value>): Map<string, Value> {
    return new Map(attributes);
  }
  /** An attribute of its own, not of its class. */
  own(name: string): Value | undefined {
    return this.common === undefined ? this.names?.get(name) : this.common.get(name);
  }
  /** True for a tensor that the forward graph follows: unknown operations on it keep the graph connected. */
  get tracked(): boolean {
    return false;
  }
  capture(isLeft = false): unknown {
    if (this.names === undefined && this.common === undefined) return undefined;
    return isLeft ? this.attributes : new Map(this.attributes);
  }
  restore(state: unknown): void {
    this.common = undefined;
    delete this.stateIn;
    this.names = state === undefined ? undefined : new Map(state as Map<string, Value>);
  }
  merge(other: unknown, join: (mine: Value | undefined, other: Value | undefined) => Value | undefined): void {
    if (this.names === undefined && this.common === undefined && other === undefined) return;
    mergeMaps(this.attributes, (other as Map<string, Value> | undefined) ?? new Map(), join);
  }
}

export class ModuleValue implements Mutable {
  /** Libraries make their modules on demand, and evaluations share them. */
  readonly born = 0;
  constructor(
    readonly name: string,
    /** Supplies attributes on demand: submodules, lazily evaluated names, library tables. */
    readonly lookup?: (name: string) => Value | undefined,
    /** For modules that are read from a file. */
    readonly source?: SourceModule,
    /** Shared with the scope of the module's body. */
    readonly attributes: Map<string, Value> = new Map(),
  ) {}
  capture(): unknown {
    return this.attributes instanceof ModuleNames ? this.attributes.present : new Map(this.attributes);
  }
  restore(state: unknown): void {
    this.attributes.clear();
    for (const [name, value] of state as Map<string, Value>) this.attributes.set(name, value);
  }
  merge(other: unknown, join: (mine: Value | undefined, other: Value | undefined) => Value | undefined): void {
    mergeMaps(this.attributes, other as Map<string, Value>, join);
  }
}

export class Super {
  constructor(
    readonly owner: ClassValue,
    readonly self: Value,
    readonly type: ClassValue,
  ) {}
}

/** property, staticmethod, classmethod and their like. */
export class Descriptor {
  constructor(
    readonly kind: 'property' | 'staticmethod' | 'classmethod' | 'cached_property',
    readonly get: Value,
    readonly set?: Value,
    readonly remove?: Value,
  ) {}
}

/** An integer known as an expression over symbols. */
export class Symbolic {
  constructor(
    readonly size: Size,
    /** What it was read from, as in "size of axis 0 of fc1.weight". */
    readonly origin?: SizeOrigin,
  ) {}
}

/** Where an object lies: a number of which nothing is known but that no other object lies there. */
export class Address extends Symbolic {}

export interface SizeOrigin {
  readonly tensor: Instance;
  readonly axis: number;
}

/** Anything may be here. */
export class Unknown {
  constructor(
    /** Why, as a person reads it: "`cfg` comes from `json.load`". Grows along attribute and call chains. */
    readonly reason: string,
    readonly site: Site | undefined,
    /** The expression it stands for, when it is a parameter or read from one: `dim`, `cfg.hidden_size`; names its size symbol. */
    readonly symbol?: string,
    /** Tensors that went in; an unknown operation on them keeps the forward graph connected. */
    readonly inputs?: readonly Instance[],
    /** The size that it is a power of, when it is: 1/√n for an n that is not known. */
    readonly power?: PowerOfSize,
    /** Comes from code that cannot be seen and may make modules, or draw. */
    readonly foreign?: boolean,
    /** The attribute that it is, or that was called for it or for what holds it: `modules` for each `m` of `net.modules()`. */
    readonly origin?: string,
    /** What each of its items is, for a sequence of which only the length is not known. */
    readonly each?: Value,
  ) {}

  /** What is read from it, called on it or computed from it. */
  derive(symbol?: string, inputs = this.inputs, origin?: string): Unknown {
    return new Unknown(this.reason, this.site, symbol, inputs, undefined, this.foreign, origin);
  }

  /** The same, noticed there: what a library does not know has no place of its own. */
  noticedAt(site: Site | undefined): Unknown {
    return this.site !== undefined || site === undefined
      ? this
      : new Unknown(this.reason, site, this.symbol, this.inputs, this.power, this.foreign, this.origin, this.each);
  }
}

/** The class of an object of which nothing is known, or the name of that class. */
export class ClassOfUnknown extends Unknown {
  constructor(
    readonly object: Unknown,
    symbol?: string,
  ) {
    super(object.reason, object.site, symbol, object.inputs, undefined, object.foreign, object.origin);
  }
}

/** What a library has that its tables lack. */
export const unseenCode = (reason: string): Unknown =>
  new Unknown(reason, undefined, undefined, undefined, undefined, true);

/** One of several values, none of them Union or Unknown; joined branches leave it. At most four. */
export class Union {
  constructor(readonly alternatives: readonly Value[]) {}
}
