/** The shape of a row in the table of layers: what a constructor takes, keeps, makes and draws. */
import type { Module, ParameterKind } from '../../../model/parameters.js';
import type { Dtype } from '../dtypes.js';

/**
 * How a parameter starts by default. The names tell what `reset_parameters` does:
 * `kaiming_uniform` has a = √5, `fan_in_uniform` is U(±1/√fan_in of the weight), `hidden_uniform` U(±1/√hidden_size).
 */
export type Start =
  | 'kaiming_uniform'
  | 'fan_in_uniform'
  | 'first_axis_uniform'
  | 'hidden_uniform'
  | 'xavier_uniform'
  | 'xavier_normal'
  | 'normal'
  | 'zeros'
  | 'ones'
  | 'init'
  | 'raw';

export interface ParameterRow {
  readonly name: string;
  readonly kind: ParameterKind;
  /** A tuple, as a Python expression over the constructor's arguments. */
  readonly shape: string;
  /** A condition over the arguments; where it is false the parameter is None. */
  readonly when?: string;
  readonly start: Start;
  /** The fans that the layer's arithmetic really has: `fan_in, fan_out`, as expressions. */
  readonly fans?: string;
}

export interface BufferRow {
  readonly name: string;
  readonly shape: string;
  readonly when?: string;
  readonly value: number;
  readonly dtype?: Dtype;
}

/** The constructor raises where the condition holds; what is in braces in the message is an argument. */
export interface Refusal {
  readonly when: string;
  readonly exception: string;
  readonly message: string;
}

export interface LayerRow {
  readonly name: string;
  /** The file under `torch/nn/modules` that defines it. */
  readonly file: string;
  /** The class it derives from, where that is not Module. */
  readonly base?: string;
  /** The constructor's parameters without `self`, as the newest torch spells them. */
  readonly signature: string;
  /** The torch version that brought the layer. */
  readonly since?: string;
  /** Parameters of the constructor that came later: name and version. */
  readonly added?: Readonly<Record<string, string>>;
  readonly role?: NonNullable<Module['role']>;
  /** What torch raises for, in the order in which it looks. */
  readonly refuses?: readonly Refusal[];
  /** What the constructor keeps: `name` or `name=expression` over the arguments. */
  readonly attributes?: string;
  /** In the order in which they are registered and drawn. */
  readonly parameters?: readonly ParameterRow[];
  /** Parameters of every stacked layer and direction, in place of `parameters`. */
  readonly stacked?: true;
  readonly buffers?: readonly BufferRow[];
  /** Submodules in order: `name=Class(…)` over the arguments. */
  readonly children?: string;
  /** What the constructor writes after its parameters are drawn: a path and how it starts. */
  readonly afterwards?: readonly (readonly [path: string, start: Start])[];
  /** The method that draws the defaults; `reset_parameters` unless torch names it otherwise. */
  readonly reset?: string;
  /** The parameters of forward, where they are not just `input`. */
  readonly takes?: string;
  /** What forward computes: a call of `torch.nn.functional` over `self` and forward's parameters. */
  readonly forward?: string;
  /** A lazy layer: the argument that the first input decides, and the axis that decides it. */
  readonly lazy?: { readonly argument: string; readonly axis: number };
}
