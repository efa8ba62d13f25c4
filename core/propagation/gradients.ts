/** The gradient's variance at every node, from the outputs back. */
import { nonlinearityOf } from '../nonlinearities.js';
import { backwardFactor, type Edge } from './backward.js';
import type { SignalGraph, SignalOperation } from './graph.js';
import { expectationUnder, marginalOf, marginalOfSumThrough } from './marginal.js';
import { sharedSlopes, sharedThrough } from './positions.js';
import { recalledFactor, recalledSpread } from './recall.js';
import { fresh, mixed, type SeedSpread, seedVarianceOf, spreadBehind } from './seed-spread.js';
import type { Signal } from './signal.js';

/** Mean square of the gradient at a node; undefined where an unknown stands behind it. */
interface Gradient {
  readonly all: number | undefined;
  /**
   * The same where the node's own nonlinearity lets it through. In a residual stack a unit that is open in one block
   * is likelier open in the next, so that gradient and slope are not independent.
   */
  readonly through: number | undefined;
  /** What positions of one sample have in common, once attention has summed over them. */
  readonly shared: number;
  readonly spread: SeedSpread;
}

/** Mean square of the gradient, and its relative variance over seeds. */
export interface NodeGradient {
  readonly meanSquare: number;
  readonly seedVariance: number;
}

type Signals = readonly (Signal | undefined)[];

/** E[(∂L/∂x)²] per node where it is 1 at every output of the graph; several users of a node add up. */
export function gradientsOf(graph: SignalGraph, signals: Signals): readonly (NodeGradient | undefined)[] {
  return new BackwardPass(graph, signals).run();
}

class BackwardPass {
  readonly #graph: SignalGraph;
  readonly #signals: Signals;
  /** Per node, those that take it as an input. */
  readonly #users: readonly number[][];
  readonly #gradients: Gradient[];
  /** Whether a gradient comes there at all. */
  readonly #reaches: readonly boolean[];

  constructor(graph: SignalGraph, signals: Signals) {
    this.#graph = graph;
    this.#signals = signals;
    this.#users = usersOf(graph);
    const outputs = graph.outputs && new Set(graph.outputs);
    this.#gradients = this.#users.map((users, index) => {
      const isOutput = outputs?.has(index) ?? users.length === 0;
      return both(isOutput ? 1 : 0, fresh(signals[index]?.units));
    });
    this.#reaches = reaching(graph, this.#users);
  }

  run(): readonly (NodeGradient | undefined)[] {
    for (let index = this.#gradients.length - 1; index >= 0; index--) {
      if (this.#reaches[index]) this.#handBack(index);
    }
    return this.#gradients.map(({ all, spread }, index) =>
      this.#reaches[index] && all !== undefined
        ? { meanSquare: all, seedVariance: seedVarianceOf(spread, this.#signals[index]) }
        : undefined,
    );
  }

  #handBack(index: number): void {
    const { operation, inputs } = this.#graph.nodes[index]!;
    const given = inputs.map(input => this.#signals[input]);
    const edge = { operation, inputs: given, output: this.#signals[index], ...this.#windowBehind(index) };
    inputs.forEach((input, position) => {
      const back = contribution({ ...edge, position }, this.#gradients[index]!);
      const more = operation.kind === 'add' ? this.#moreThrough(index, given, position) : 0;
      this.#gradients[input] = sum(this.#gradients[input]!, { ...back, through: plus(back.through, more) });
    });
  }

  /** What else comes through the sum at `index` and the nonlinearities behind it where the input at `position` is open. */
  #moreThrough(index: number, given: Signals, position: number): number | undefined {
    const inputs = given.filter(input => input !== undefined);
    const output = this.#signals[index];
    if (inputs.length < given.length || output === undefined) return 0;
    const opened = marginalOfSumThrough(inputs, position);
    const usual = marginalOf(output);
    if (opened === undefined || usual === undefined) return 0;
    return this.#users[index]!.reduce<number | undefined>((more, user) => {
      const slope = squaredSlopeOf(this.#graph.nodes[user]!.operation);
      if (slope === undefined) return more;
      const difference = expectationUnder(opened, slope) - expectationUnder(usual, slope);
      return plus(more, times(this.#gradients[user]!.through, difference));
    }, 0);
  }

  /** The size of the max pool's window, when nothing else takes the node. */
  #windowBehind(index: number): { readonly window?: number } {
    const [user, ...others] = this.#users[index]!;
    const operation = user === undefined ? undefined : this.#graph.nodes[user]!.operation;
    const isPooled = operation?.kind === 'pool' && operation.over === 'max' && others.length === 0;
    return isPooled ? { window: operation.count } : {};
  }
}

function contribution(edge: Edge, gradient: Gradient): Gradient {
  const { kind } = edge.operation;
  if (kind === 'add') return { ...gradient, spread: spreadBehind(edge, gradient.spread) };
  if (kind === 'identity') return scaled(gradient, edge.operation.reach ?? 1);
  const arriving = kind === 'nonlinearity' ? gradient.through : gradient.all;
  const spread = recalledSpread(edge, gradient.spread, () => spreadBehind(edge, gradient.spread));
  const attended = sharedThrough(edge, gradient.all, gradient.shared);
  if (attended !== undefined) return { all: attended.all, through: attended.all, shared: attended.shared, spread };
  const factor = recalledFactor(edge, () => backwardFactor(edge));
  return { ...both(times(arriving, factor), spread), shared: gradient.shared * (factor ?? 0) * sharedSlopes(edge) };
}

/** φ′² */
function squaredSlopeOf(operation: SignalOperation): ((x: number) => number) | undefined {
  if (operation.kind !== 'nonlinearity') return undefined;
  const phi = nonlinearityOf(operation.name, operation.parameter);
  return phi && (x => phi.slope(x) ** 2);
}

function usersOf(graph: SignalGraph): readonly number[][] {
  const users: number[][] = graph.nodes.map(() => []);
  graph.nodes.forEach(({ inputs }, index) => {
    for (const input of inputs) users[input]!.push(index);
  });
  return users;
}

/** Nodes on a way to an output. */
function reaching({ nodes, outputs }: SignalGraph, users: readonly (readonly number[])[]): readonly boolean[] {
  const reaches = nodes.map((_, index) => outputs?.includes(index) ?? users[index]!.length === 0);
  for (let index = nodes.length - 1; index >= 0; index--) {
    if (reaches[index]) for (const input of nodes[index]!.inputs) reaches[input] = true;
  }
  return reaches;
}

function scaled({ all, through, shared, spread }: Gradient, factor: number): Gradient {
  return { all: times(all, factor), through: times(through, factor), shared: shared * factor, spread };
}

function both(value: number | undefined, spread: SeedSpread): Gradient {
  return { all: value, through: value, shared: 0, spread };
}

function sum(a: Gradient, b: Gradient): Gradient {
  const all = plus(a.all, b.all);
  const share = all === undefined || all === 0 ? 0 : (a.all ?? 0) / all;
  const through = plus(a.through, b.through);
  return { all, through, shared: a.shared + b.shared, spread: mixed(a.spread, b.spread, share) };
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

function times(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a * b;
}
