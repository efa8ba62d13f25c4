/** What tensors share: their memory, what decides its values, and the writes that a parameter is judged by. */
import type { Fans, InitSpec } from '../../../core/initializer.js';
import { age } from '../../interpreter/age.js';
import type { Machine } from '../../interpreter/machine.js';
import type { Instance, Mutable, Value } from '../../interpreter/values.js';
import type { Region, StorageWrite } from '../../model/draws.js';
import type { CallTarget, InitializerCall, ParameterKind, Write } from '../../model/parameters.js';
import type { Site } from '../../text/span.js';
import type { Dtype } from './dtypes.js';
import { memoryOf, withWrite } from './operations/data.js';
import { specOfContents } from './operations/summary.js';
import { mergeContents, mergeHistories, mergeSpecs } from './storage-merge.js';

/** A call as it was recorded. Its target turns into a parameter when the model is built. */
export interface RecordedCall extends InitializerCall {
  target: CallTarget;
  /** What the call was given as its tensor. */
  readonly given?: Value;
}

/** A distribution, or what finds it when somebody asks: values would have to be computed for it. */
export type LaterSpec = InitSpec | (() => InitSpec);

const specOf = (spec: LaterSpec): InitSpec => (typeof spec === 'function' ? spec() : spec);

export interface RecordedWrite extends Omit<Write, 'call'> {
  readonly call?: RecordedCall;
}

/** Everything that forks save of a storage. */
interface State {
  readonly contents: readonly StorageWrite[];
  readonly spec: LaterSpec | undefined;
  readonly fans: Fans | undefined;
  readonly history: readonly RecordedWrite[];
  readonly isRaw: boolean;
}

const RAW: InitSpec = { kind: 'unknown', reason: 'raw memory' };

export class Storage implements Mutable {
  readonly born = age.now;
  /** What decides the values: a base, then what came on top of it. */
  contents: readonly StorageWrite[] = [];
  /** Set where it was stated; otherwise it is what the contents say. */
  private stated: LaterSpec | undefined = undefined;
  /** The fans that a variance-scaling spec was written for. */
  fans: Fans | undefined = undefined;
  /** Writes in order; an overwritten default stays. */
  history: readonly RecordedWrite[] = [];
  /** True while nothing was written to raw memory. */
  isRaw = true;
  /** True where torch lays it out as something it was computed from, which is not followed: it is kept here by index. */
  isLaidOutOtherwise = false;
  /** Where values that had been written were given up. */
  forgotten: Site | undefined = undefined;
  /** The parameter that its values were copied from, and how: `clone`, `to`. */
  copyOf: { readonly parameter: Instance; readonly how: string } | undefined = undefined;

  /** Of a layer of which only the kind is known; whether a function was handed the layer itself, or goes through many. */
  ofUnseen: { readonly kind: ParameterKind; readonly isHandedIn: boolean } | undefined = undefined;

  constructor(
    readonly dtype: Dtype,
    /** How many elements it has, where that is known. */
    readonly count: number | undefined,
  ) {}

  /** What the values follow, over all of the storage. */
  get spec(): InitSpec {
    const spec = specOf(this.laterSpec);
    this.stated = spec;
    return spec;
  }
  set spec(spec: LaterSpec | undefined) {
    this.stated = spec;
  }

  /** What `spec` answers now, whatever is written before it is asked for. */
  get laterSpec(): LaterSpec {
    return this.specIn(this.capture());
  }

  private specIn({ spec, contents, isRaw }: State): LaterSpec {
    if (spec !== undefined) return spec;
    if (isRaw) return RAW;
    const { count, dtype } = this;
    const elements = memoryOf({ contents, count, dtype });
    if (elements === undefined) return specOfContents(contents, undefined);
    let found: InitSpec | undefined;
    return () => {
      found ??= specOfContents(contents, elements.values);
      return found;
    };
  }

  capture(): State {
    const { contents, stated: spec, fans, history, isRaw } = this;
    return { contents, spec, fans, history, isRaw };
  }

  restore(state: unknown): void {
    const { contents, spec, fans, history, isRaw } = state as State;
    this.contents = contents;
    this.spec = spec;
    this.fans = fans;
    this.history = history;
    this.isRaw = isRaw;
  }

  merge(other: unknown): void {
    const theirs = other as State;
    this.stated = this.mergedSpec(theirs);
    this.contents = mergeContents(this.contents, theirs.contents);
    this.history = mergeHistories(this.history, theirs.history);
    this.isRaw = this.isRaw && theirs.isRaw;
  }

  private mergedSpec(theirs: State): LaterSpec | undefined {
    const isSame = this.stated === theirs.spec && this.contents === theirs.contents && this.isRaw === theirs.isRaw;
    if (isSame) return this.stated;
    return mergeSpecs(this.spec, specOf(this.specIn(theirs)));
  }
}

/** A write over everything replaces what was there; a write to a part, or arithmetic, comes on top. */
export function addContents(machine: Machine, storage: Storage, write: StorageWrite): void {
  machine.touch(storage);
  const replaces = write.region === undefined && write.kind !== 'map';
  // Writes to single elements pile up, and each copies those before it.
  if (!replaces) machine.step(1 + (storage.contents.length >> 5));
  storage.contents = replaces ? [write] : withWrite(storage.contents, write);
  storage.isRaw = false;
}

/** The same write, put to a part of the storage. */
export function inRegion(write: StorageWrite, region: Region | undefined): StorageWrite {
  return region === undefined ? write : { ...write, region };
}
