/**
 * What evaluation of a file leaves behind. Rules, previews and features read this and nothing else.
 * An absent property means unknown, never a default.
 */
import type { Site } from '../text/span.js';
import type { DrawLog } from './draws.js';
import type { Graph } from './graph.js';
import type { InitializerCall, Module, Parameter } from './parameters.js';
import type { Visit } from './visits.js';

/** One network, evaluated from one entry point. */
export interface Model {
  readonly className: string;
  /** The class definition's name. */
  readonly site: Site;
  readonly root: Module;
  /** Every module, root first, as `named_modules()` gives them. */
  readonly modules: readonly Module[];
  /** In `named_parameters()` order, each once. */
  readonly parameters: readonly Parameter[];
  /** Absent when forward is missing or could not be evaluated at all. */
  readonly graph?: Graph;
  /** Why something of it is unknown, in the order met. */
  readonly unknowns: readonly Reason[];
  readonly draws: DrawLog;
}

export interface Reason {
  readonly message: string;
  /** What is missing may have weights. */
  readonly isGap?: boolean;
  /** What is missing is a member of a module, and may be a network that was trained already. */
  readonly isMember?: boolean;
  readonly site?: Site;
}

/** An exception that Python would raise; `code` names what rules look for. */
export interface Fault {
  readonly code: FaultCode;
  /** Python's exception class. */
  readonly exception: string;
  /** As Python words it, near enough. */
  readonly message: string;
  /** What a diagnostic underlines. */
  readonly site: Site;
  /** Facts for the rule's message and fix. */
  readonly details: ReadonlyMap<string, string | number | boolean | null>;
  /** The initializer call that raises, if one does. */
  readonly call?: InitializerCall;
  /** The module or parameter concerned. */
  readonly module?: Module;
  readonly parameter?: Parameter;
  readonly uncalled: boolean;
}

export type FaultCode =
  | 'wrong-rank' // fan-based or shaped initializer on a tensor of the wrong rank; `details.rank`
  | 'missing-argument' // sparse_ without sparsity
  | 'unknown-nonlinearity' // details.nonlinearity
  | 'unknown-mode' // details.mode
  | 'wrong-argument' // a keyword or kind that the initializer rejects; details.parameter
  | 'init-on-module' // details.class, details.attribute ('weight' when it has one)
  | 'bias-none' // attribute of a bias that is None; details.attribute, details.expression
  | 'tensor-truth' // `if m.bias:`
  | 'no-such-initializer' // details.name, details.suggestion
  | 'leaf-in-place'
  | 'tensor-as-parameter'
  | 'uninitialized-lazy'
  | 'none-callable'
  | 'class-name-match'
  | 'exception'; // anything else

/** A use of an old or wrong name that still works. */
export interface Deprecation {
  readonly name: string;
  readonly replacement: string;
  /** The name itself. */
  readonly site: Site;
}

/** Everything that one file gave. */
export interface Program {
  readonly path: string;
  readonly models: readonly Model[];
  readonly calls: readonly InitializerCall[];
  readonly faults: readonly Fault[];
  readonly deprecations: readonly Deprecation[];
  /** Checkpoints that are loaded, in order of evaluation. */
  readonly loads: readonly { readonly site: Site; readonly model?: Model; readonly order: number }[];
  /** Modules that code came by which treats modules by their kind. */
  readonly visits: readonly Visit[];
  /** Raw parameters, placeholders and scales of own norms that code elsewhere in the workspace starts. */
  readonly startedElsewhere?: ReadonlySet<Parameter>;
  /** Raw parameters that no code of the workspace reads. */
  readonly unread?: ReadonlySet<Parameter>;
  /** Code of the workspace loads checkpoints, and none trains. */
  readonly runsTrained?: boolean;
  /** Networks of classes that code of the workspace makes only to load a checkpoint into them. */
  readonly madeToLoad?: ReadonlySet<Model>;
  /** Classes of networks that code of the file loads a checkpoint into, perhaps only when it is asked to. */
  readonly loadedWhenAsked?: ReadonlySet<string>;
  /** Weights of a part of a network that its class loads by itself when it is asked to. */
  readonly filledWhenAsked?: ReadonlySet<Parameter>;
  /** Classes of its networks, and of the file, whose own methods train: their forward is a procedure, and draws what it is to train. */
  readonly training?: ReadonlySet<string>;
  /** Networks of classes that take over the weights of others, or of files that do. */
  readonly takenOver?: ReadonlySet<Model>;
  /** Functions that initialize weights, and that nothing in the workspace names. */
  readonly unused: readonly Helper[];
}

/** A function or method that initializes weights. */
export interface Helper {
  readonly name: string;
  /** The class, of a method. */
  readonly owner?: string;
  /** Its name in the definition. */
  readonly site: Site;
  /** The class's constructor, for a method that needs no arguments. */
  readonly constructorSite?: Site;
  /** Whether parameters stay raw memory because nothing calls it. */
  readonly isMissed: boolean;
}

export type { InitializerCall, Module, Parameter };
