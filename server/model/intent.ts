/** A change that a rule wants, in terms of the model; the framework writes it as code. */
import type { InitSpec } from '../../core/initializer.js';
import type { Site } from '../text/span.js';
import type { InitializerCall } from './parameters.js';

export type Intent =
  /** Replace the call so that the same tensor starts from `spec`; `nonlinearity` and `negativeSlope` word a Kaiming call. */
  | {
      readonly kind: 'reinitialize';
      readonly call: InitializerCall;
      readonly spec: InitSpec;
      readonly nonlinearity?: { readonly name: string; readonly parameter?: number };
    }
  /** Replace just a name: `xavier_uniform` by `xavier_uniform_`. */
  | { readonly kind: 'rename'; readonly site: Site; readonly name: string }
  /** Set a keyword argument of a call: change it where it is written, also positionally, else add it. */
  | {
      readonly kind: 'argument';
      readonly call: InitializerCall;
      readonly name: string;
      readonly value: string | number;
    }
  /** Name the positional argument at `site`: `0.02` becomes `std=0.02`. */
  | { readonly kind: 'name-argument'; readonly call: InitializerCall; readonly site: Site; readonly name: string }
  /** Replace an expression by text that needs no import. */
  | { readonly kind: 'replace'; readonly site: Site; readonly text: string }
  /** Delete the statement that `site` stands in; `pass` is left where a block would be empty. */
  | { readonly kind: 'delete-statement'; readonly site: Site }
  /**
   * Start a tensor from `spec` behind the statement at `site`: what the statement assigns to, or `tensor` as it is written,
   * or of that the row `index`.
   */
  | {
      readonly kind: 'initialize-behind';
      readonly site: Site;
      readonly spec: InitSpec;
      readonly tensor?: Site;
      readonly index?: number;
    }
  /** Replace a method's call by what it is called on: `w.clone()` becomes `w`. */
  | { readonly kind: 'receiver'; readonly site: Site }
  /** In the call at `site`, `[f()] * n` becomes `[f() for _ in range(n)]`. */
  | { readonly kind: 'anew'; readonly site: Site }
  /** Let every layer of the list that the statement at `site` makes draw its weights again. */
  | { readonly kind: 'reset-layers'; readonly site: Site }
  /** Make a parameter of the tensor that is assigned at `site`. */
  | { readonly kind: 'parameter'; readonly site: Site }
  /** Put the statement at `site` where no gradients are recorded. */
  | { readonly kind: 'without-grad'; readonly site: Site }
  /** Move the statement that `site` stands in to the end of its function. */
  | { readonly kind: 'move-to-end'; readonly site: Site }
  /** Put text around an expression: `2 / n` becomes `(2 / n) ** 0.5`. */
  | { readonly kind: 'wrap'; readonly site: Site; readonly before: string; readonly after: string }
  /** Make the call for every slice of its tensor, `.attribute` of it where one is named, instead of for all at once. */
  | { readonly kind: 'for-each'; readonly call: InitializerCall; readonly attribute?: string }
  /** Add a statement at the end of the function that is defined at `site`. */
  | { readonly kind: 'append-statement'; readonly site: Site; readonly text: string }
  /** Move the statement at `site` up, in front of the one around `before` in the same block. */
  | { readonly kind: 'move-statement'; readonly site: Site; readonly before: Site }
  /** Put `.attribute` behind the expression at `site`: `self.fc` becomes `self.fc.weight`. */
  | { readonly kind: 'attribute'; readonly site: Site; readonly attribute: string }
  /** Ask for the class of `object` where the condition around `site` looks at its name; `layers` have been met there. */
  | { readonly kind: 'class-test'; readonly site: Site; readonly object: string; readonly layers: readonly string[] }
  /** Put the statement at `site` under `if <condition>:`; with a subject, the condition goes on behind what is written there. */
  | { readonly kind: 'guard'; readonly site: Site; readonly condition: string; readonly subject?: Site }
  /** Give the class named at `site` a method that starts every layer below it, and apply it when it is constructed. */
  | { readonly kind: 'initialize-model'; readonly site: Site; readonly plan: InitializationPlan }
  /** Give the class named at `site` a method that starts its own parameters, called when it is constructed. */
  | { readonly kind: 'add-reset'; readonly site: Site; readonly starts: readonly ParameterStart[] }
  /** Let the class that makes parameters at these sites make them again where their values are given up. */
  | { readonly kind: 'remake'; readonly site: Site; readonly sites: readonly Site[]; readonly forgotten: Site };

/** What a tensor is to start from; `nonlinearity` words a gain. */
export interface Start {
  readonly spec: InitSpec;
  readonly nonlinearity?: { readonly name: string; readonly parameter?: number };
}

export interface InitializationPlan {
  /** Why it starts so, in one sentence for whoever reads the code. */
  readonly reason: string;
  readonly layers: readonly LayerStart[];
  /** Tensors that start otherwise than their layer's class, once all layers have started. */
  readonly exceptions: readonly NamedStart[];
}

/** How the layers of some classes of the framework start. */
export interface LayerStart {
  readonly classes: readonly string[];
  readonly tensors: readonly LayerTensor[];
}

export type LayerTensor = Start &
  (
    | { readonly attribute: string; readonly isOptional: boolean; readonly row?: string }
    /** All own tensors whose names begin so; an empty prefix means those that no other names. */
    | { readonly prefix: string }
  );

/**
 * Tensors by the ends of their names, or one by its path: `out.weight`. `lastOf` says that it belongs to the last layer of
 * this class in the list that holds it, however long that is.
 */
export type NamedStart = Start & { readonly comment?: string } & (
    | { readonly suffixes: readonly string[] }
    | { readonly path: string; readonly lastOf?: string }
  );

export interface ParameterStart extends Start {
  /** The attribute that holds it. */
  readonly name: string;
  /** The call that fills it now, which may leave raw memory instead. */
  readonly factory?: InitializerCall;
}
