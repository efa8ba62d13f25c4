/** The seam between a framework and everything above it. */
import type { Machine } from '../interpreter/machine.js';
import type { Library } from '../interpreter/native.js';
import type { Arguments, ClassValue, Func, Instance } from '../interpreter/values.js';
import type { DrawLog } from '../model/draws.js';
import type { Foresight } from '../model/foresight.js';
import type { Intent } from '../model/intent.js';
import type { Model } from '../model/model.js';
import type { InitializerCall } from '../model/parameters.js';
import type { Visit } from '../model/visits.js';
import type { Tree } from '../syntax/tree.js';
import type { Source } from '../text/source.js';
import type { Span } from '../text/span.js';

export interface Edit extends Span {
  readonly text: string;
}

export interface Framework {
  readonly id: string;
  /** Whether a file that imports these top-level names concerns this framework. */
  readonly packages: readonly string[];
  /** Its modules, for a project: classes and functions, no state of any evaluation. */
  createLibrary(): Library;
  /** Readies a machine: sets its hooks. Called once, before anything is evaluated. */
  begin(machine: Machine): Session;
  /** Writes an intended change as code, with the file's imports, aliases, quotes and line width; undefined when it cannot. */
  write(intent: Intent, source: Source, tree: Tree): readonly Edit[] | undefined;
  /** Whether a layer of its own has the name, so that others under it are hard to tell. */
  hasLayer(name: string): boolean;
  /** Its initializers, in the order of its documentation. */
  readonly initializers: readonly InitializerSignature[];
  /** Names of initializers that still work, with a warning. */
  readonly oldNames: readonly string[];
  /** Dotted paths under which a file reaches the module of initializers, shortest first: `init`, `nn.init`. */
  initializerPaths(source: Source, tree: Tree): readonly string[];
}

export interface InitializerSignature {
  readonly name: string;
  /** `tensor, gain=1.0`. */
  readonly signature: string;
}

/** One evaluation, as its framework sees it. */
export interface Session {
  /** Whether instances of the class are networks. */
  isNetwork(cls: ClassValue): boolean;
  /** A method that a base class out of sight calls to initialize weights. */
  hookOf(cls: ClassValue): Func | undefined;
  /** Networks that were constructed, in order. */
  readonly constructed: readonly Instance[];
  /** What their classes were called with, the first time. */
  readonly uses: ReadonlyMap<ClassValue, Arguments>;
  /** Those of them that no other contains. */
  roots(): readonly Instance[];
  /**
   * Evaluates a network's forward, unless it was evaluated before: on inputs of these shapes, in the order of its
   * arguments; of others nothing is known.
   */
  forward(network: Instance, shapes?: readonly (readonly number[])[]): void;
  /** Networks within those whose forward was evaluated and whose layers lead to no result that is known. */
  lost(): ReadonlySet<Instance>;
  /** What is known of the network and everything in it. */
  modelOf(network: Instance): Model;
  /** Every call of an initializer so far. */
  calls(): readonly InitializerCall[];
  /** Modules of the models that code came by which treats modules by their kind. */
  visits(): readonly Visit[];
  /** Every use of the generator so far. */
  draws(): DrawLog;
  /** From here on what is drawn has values that code may look at. */
  foresee(foresight: Foresight): void;
}
