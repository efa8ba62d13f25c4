/** Attributes that code gives to classes of libraries, which evaluations share: the machine keeps them beside the classes. */
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import type { Mutable } from './mutable.js';
import { isBodyOfLoading } from './registries.js';
import { ClassValue, Func, type ModuleValue, NativeFunction, type Value } from './values.js';

type Join = (mine: Value | undefined, other: Value | undefined) => Value | undefined;
type Table = ReadonlyMap<ClassValue, ReadonlyMap<string, Value>>;

export class Patches implements Mutable {
  readonly born = 0;
  /** One of those that torch's layers start by. */
  replacedInitializer: string | undefined;
  private table: Table = new Map();

  /** What the class or one of its bases has been given, or has by itself. */
  find({ mro }: ClassValue, name: string): Value | undefined {
    for (const base of mro) {
      const value = this.table.get(base)?.get(name) ?? base.attributes.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Whether the class is given it, itself or by a base. */
  replaces({ mro }: ClassValue, name: string): boolean {
    const owner = mro.find(it => this.table.get(it)?.has(name) || it.attributes.has(name));
    return owner !== undefined && this.table.get(owner)?.has(name) === true;
  }

  set(cls: ClassValue, name: string, value: Value): void {
    this.table = new Map(this.table).set(cls, new Map(this.table.get(cls)).set(name, value));
  }

  capture(): unknown {
    return this.table;
  }

  restore(state: unknown): void {
    this.table = state as Table;
  }

  merge(other: unknown, join: Join): void {
    for (const [cls, theirs] of other as Table)
      for (const [name, value] of theirs) {
        const mine = this.table.get(cls)?.get(name) ?? cls.attributes.get(name);
        const joined = mine === value ? value : join(mine, value);
        if (joined !== undefined) this.set(cls, name, joined);
      }
  }
}

export function patch(m: Machine, cls: ClassValue, name: string, value: Value): void {
  m.patches ??= new Patches();
  m.touch(m.patches);
  m.patches.set(cls, name, value);
  noteChangeOfLibrary(m.frame);
  if (cls.name === 'Tensor' && name.endsWith('_')) noteReplacedInitializer(m, `Tensor.${name}`);
}

/** Before a module of a library is given something in place of a function or class. */
export function noteReplaced(m: Machine, module: ModuleValue, name: string): void {
  if (!isCode(m.findAttribute(module, name))) return;
  noteChangeOfLibrary(m.frame);
  if (module.name === 'torch.nn.init') noteReplacedInitializer(m, `torch.nn.init.${name}`);
}

const isCode = (value: Value | undefined): boolean =>
  value instanceof ClassValue || value instanceof Func || value instanceof NativeFunction;

/** torch's layers start by what it is replaced by, which is not followed. */
function noteReplacedInitializer(m: Machine, name: string): void {
  m.patches ??= new Patches();
  m.patches.replacedInitializer ??= name;
}

/**
 * Whoever imports a module that has changed a library finds the library changed: it is not handed on to other evaluations, which
 * begin with the library as it is.
 */
function noteChangeOfLibrary(innermost: Frame | undefined): void {
  for (let frame = innermost; frame; frame = frame.parent)
    if (isBodyOfLoading(frame)) frame.module.changesLibraries = true;
}
