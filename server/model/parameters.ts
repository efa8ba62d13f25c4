/** Parameters, the writes that give them their values, and the modules that own them. */
import type { Fans, InitSpec } from '../../core/initializer.js';
import type { Size } from '../../core/size.js';
import type { Site } from '../text/span.js';
import type { Contents } from './draws.js';

/** A module of the evaluated network, as `named_modules()` finds it. */
export interface Module {
  /** Path from the root: `layers.0.fc1`; empty for the root. */
  readonly path: string;
  /** The class as written: `Linear`, `Net`. */
  readonly className: string;
  /** The nearest class of the framework that it is: `Linear` also for a subclass of it; absent for a user's own module. */
  readonly layer?: string;
  /** What the layer does, for rules: independent of the framework's names. Absent for containers and own modules. */
  readonly role?:
    | 'linear'
    | 'convolution'
    | 'transposed_convolution'
    | 'embedding'
    | 'norm'
    | 'recurrent'
    | 'attention'
    | 'nonlinearity'
    | 'dropout'
    | 'pool'
    | 'other';
  /** Where it was constructed: the constructor call. */
  readonly site?: Site;
  /** When it was made, in the same order as writes; absent for a copy. */
  readonly order?: number;
  /** Made in a loop of which one turn was evaluated: there are any number of it. */
  readonly standsForMany?: true;
  /** It stands for many, and its sizes are those of the first of them. */
  readonly hasFirstSizes?: true;
  /** Calls of `apply` on it, where its constructor came to its end; `within` is the function, or file, that they stand in. */
  readonly applied?: readonly { readonly site: Site; readonly within: Site; readonly order: number }[];
  /** `groups` of a convolution, `stride`, `bias`… as evaluated, where they are plain values. */
  readonly settings: ReadonlyMap<string, number | string | boolean | null>;
  /** A norm's running statistics were drawn: it was given numbers to compute with, not a start. */
  readonly measuresNothing?: true;
  /** Code of the user's own runs before its forward, and may compute its weight anew. */
  readonly changesBeforeForward?: true;
  /** It keeps running statistics, as a batch norm does. */
  readonly keepsStatistics?: true;
  readonly parameters: readonly Parameter[];
  readonly children: readonly Module[];
}

export type ParameterKind =
  | 'weight'
  | 'bias'
  | 'scale' // of a norm
  | 'shift' // of a norm
  | 'embedding'
  | 'recurrent'
  | 'token' // class, mask, position tokens and tables
  | 'gate' // scalars and vectors that multiply a branch: gamma, alpha, layer scale
  | 'slope' // PReLU
  | 'other';

export interface Parameter {
  /** As in `named_parameters()`: `fc1.weight`. */
  readonly name: string;
  /** Absent when not even the rank is known. */
  readonly shape?: readonly Size[];
  readonly kind: ParameterKind;
  readonly module: Module;
  /** Where the user's own code made it; absent for what a layer of the framework makes. */
  readonly site?: Site;
  /** In order; see `finalWrites` for those that decide. At least the default is there unless the values are raw memory. */
  readonly writes: readonly Write[];
  /** True fans of the layer that uses it, groups and layout counted; absent when no use is known. */
  readonly fans?: Fans;
  /** Set when the values are computed from other parameters (weight_norm, parametrizations): writes have no effect. */
  readonly reparametrized?: string;
  /** Who led to that, from the wrapping call outwards. */
  readonly reparametrizedBy?: readonly Site[];
  /** What decides its values, element by element. */
  readonly contents: Contents;
  /** The other names of the same tensor. */
  readonly tiedTo?: readonly string[];
  /** False when it exists on one branch only. */
  readonly certain: boolean;
  /** Where its sizes are read by the user's own code, in order. */
  readonly sizeReads?: readonly SizeRead[];
  /** Where values that it had were given up for raw memory (`to_empty`). */
  readonly forgotten?: Site;
  /** True where it gets no gradient: it is for others to fill. */
  readonly frozen?: boolean;
  /** True for parameters made of raw memory (`torch.empty`). */
  readonly uninitialized?: boolean;
}

/** One assignment of values to a parameter or part of it. */
export interface Write {
  /** The whole call or statement. */
  readonly site: Site;
  /** What a diagnostic underlines: the initializer's name, `xavier_uniform_` or `normal_`. */
  readonly callee: Site;
  /** `default`: by the framework's own constructor. `loaded`: from a checkpoint. */
  readonly origin: 'written' | 'default' | 'loaded';
  /** `part` when only some of the elements are written (a row, a slice). */
  readonly region: 'whole' | 'part';
  /** The initializer's name as written (`xavier_uniform_`, `fill_`, `copy_`), or of the default (`kaiming_uniform_`). */
  readonly initializer: string;
  readonly spec: InitSpec;
  /** The fans that the initializer computes from the tensor it is given. */
  readonly fans?: Fans;
  /** Loaded from a state into which values from elsewhere were put, nobody knows which. */
  readonly mixed?: true;
  /** False in one of two joined branches. */
  readonly certain: boolean;
  /** True in a loop of which only one turn was evaluated. */
  readonly repeated: boolean;
  readonly context: 'construction' | 'apply' | 'reset' | 'forward' | 'script' | 'test' | 'uncalled';
  /** From the innermost call outwards, to the entry point: who led here. */
  readonly chain: readonly Site[];
  /** The recorded call, when it is one. */
  readonly call?: InitializerCall;
  /** By name, arguments, and the std that a draw was given by a factor, as powers of sizes. */
  readonly powers?: ReadonlyMap<string, PowerOfSize>;
  /** Position in the order of all writes and events of the evaluation. */
  readonly order: number;
}

/** A call of an initializer, whatever it was given; also in functions that nothing calls. */
export interface InitializerCall {
  /** Name in the framework: `xavier_uniform_`; `normal_` of a tensor method too. */
  readonly initializer: string;
  /** `function` of the init module, or an in-place tensor `method`, or a `factory` such as `torch.rand` used for a parameter. */
  readonly form: 'function' | 'method' | 'factory';
  /** As written: `init.xavier_uniform`, for messages. */
  readonly written: string;
  readonly site: Site;
  readonly callee: Site;
  /** The tensor as it is written, where the call names one. */
  readonly tensor?: Site;
  /** The call names a member of the class that it stands in, as in `self.conv.weight`: it serves no other layer. */
  readonly namesMember?: boolean;
  /** Arguments after binding, `tensor` left out, in the order of the signature. */
  readonly args: readonly BoundArgument[];
  /** The fans that it takes from what it was given. */
  readonly fans?: Fans;
  /** What it was given as its tensor. */
  readonly target: CallTarget;
  /** True when the call was reached only by evaluating a function that nothing calls. */
  readonly uncalled: boolean;
  /** Where a function is handed one layer at a time, of which only the kind is known: the seed that it sets for each. */
  readonly seed?: { readonly site: Site; readonly value: number };
  /** Set in a method that a library calls for networks that may be loaded already. */
  readonly afterLoading?: AfterLoading;
}

export interface AfterLoading {
  readonly library: string;
  /** Absent where it is not known. */
  readonly version?: string;
}

/** `coefficient · base^exponent`, the coefficient absent where it is not known: 1/√n is {1, n, −½}. */
export interface PowerOfSize {
  readonly coefficient?: number;
  readonly base: Size;
  readonly exponent: number;
}

/** A size of a parameter that the user's own code reads: `w.size(0)`, `w.shape[1]`. */
export interface SizeRead {
  readonly axis: number;
  /** The whole expression, and the number in it that names the axis. */
  readonly site: Site;
  readonly index: Site;
  /** In the same order as writes. */
  readonly order: number;
}

export interface BoundArgument {
  readonly name: string;
  /** A plain value where it is known. */
  readonly value?: number | string | boolean | null;
  /** How it was computed from a size, where it was. */
  readonly power?: PowerOfSize;
  /** Place of the value as written; absent for a default. */
  readonly site?: Site;
  /** Place of `name=` and value together, where the keyword is written. */
  readonly keyword?: Site;
  /** By what is written it is a gain: `calculate_gain(…)`, `gain`. */
  readonly isGain?: boolean;
}

export type CallTarget =
  | { readonly kind: 'parameter'; readonly parameter: Parameter }
  /** A tensor that is no parameter of an evaluated model (yet); its shape where known. */
  | {
      readonly kind: 'tensor';
      readonly shape?: readonly Size[];
      readonly role?: ParameterKind;
      /** The parameter that it is a copy of, where no parameter got what was drawn into the copy. */
      readonly lostCopyOf?: { readonly parameter: Parameter; readonly how: string };
    }
  | { readonly kind: 'module'; readonly className: string; readonly site?: Site; readonly hasWeight: boolean }
  | { readonly kind: 'unknown'; readonly reason: string };
