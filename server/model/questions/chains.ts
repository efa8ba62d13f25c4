/** Plain chains: layers that follow each other with nothing but nonlinearities between, no norm and no sum. */
import type { Graph, Operation } from '../graph.js';
import { nextLayers } from './following.js';
import { dataInputs, isLayer, isTransparent } from './operations.js';
import { residualOf } from './residuals.js';

/** The longest plain chain through a layer, first layer first; the layer alone where nothing plain leads to or from it. */
export function chainThrough(graph: Graph, layer: Operation): readonly Operation[] {
  const { before, after } = linksOf(graph);
  return [...walk(before, layer).toReversed(), layer, ...walk(after, layer)];
}

/**
 * The layers by which the signal comes to where the longest chain through this one has changed it most. Where ways meet, the one
 * counts on which most arrives: it drowns the others. `gainOf` is what a layer makes of the size of its input; behind a norm, or
 * anything else that sets a size of its own, nothing that comes before counts. A question is answered once for a graph.
 */
export function strongestWay(graph: Graph, layer: Operation, question: object, gainOf: GainOf): readonly Operation[] {
  const arrivals = answerFor(graph, question, gainOf);
  const change = (it: Operation) => Math.abs(arrivals.get(it)!.left);
  const end = chainThrough(graph, layer).reduce((a, b) => (change(b) >= change(a) - 1e-9 ? b : a));
  const way: Operation[] = [];
  for (let at: Operation | undefined = end; at !== undefined; at = arrivals.get(at)?.from) way.push(at);
  return way.toReversed();
}

function answerFor(graph: Graph, question: object, gainOf: GainOf): Arrivals {
  const ofGraph = answers.get(graph) ?? new WeakMap<object, Arrivals>();
  answers.set(graph, ofGraph);
  const known = ofGraph.get(question) ?? arrivalsIn(graph, gainOf);
  ofGraph.set(question, known);
  return known;
}

type GainOf = (layer: Operation) => number;

interface Arrival {
  /** Absent where the way begins. */
  readonly from?: Operation;
  /** Logarithm of what is left behind the layer. */
  readonly left: number;
}

type Arrivals = ReadonlyMap<Operation, Arrival>;

const answers = new WeakMap<Graph, WeakMap<object, Arrivals>>();

function arrivalsIn(graph: Graph, gainOf: GainOf): Arrivals {
  const arrivals = new Map<Operation, Arrival>();
  for (const layer of graph.operations.filter(isLayer)) {
    const ways = [...(startsAnew(graph, layer) ? [{ left: 0 }] : []), ...waysTo(graph, layer, arrivals)];
    const strongest = ways.reduce<Arrival>((a, b) => (b.left > a.left ? b : a), ways[0] ?? { left: 0 });
    arrivals.set(layer, { ...strongest, left: strongest.left + Math.log(gainOf(layer)) });
  }
  return arrivals;
}

function waysTo(graph: Graph, layer: Operation, arrivals: Arrivals): readonly Arrival[] {
  const before = [...sourcesOf(layer)].filter(it => isLayer(it) && isPlain(graph, it, layer));
  return before.map(from => ({ from, left: arrivals.get(from)?.left ?? 0 }));
}

/** Whether something of a size of its own comes in: normalized, summed with a skip, gated, or not understood. */
function startsAnew(graph: Graph, layer: Operation): boolean {
  return [...sourcesOf(layer)].some(it => it.kind !== 'input' && !(isLayer(it) && isPlain(graph, it, layer)));
}

/** The operations whose results come in through nonlinearities at most. */
function* sourcesOf(layer: Operation): Iterable<Operation> {
  const open = [...dataInputs(layer)];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind !== 'nonlinearity' && !isTransparent(next)) {
      yield next;
      continue;
    }
    for (const it of dataInputs(next)) {
      if (seen.has(it)) continue;
      seen.add(it);
      open.push(it);
    }
  }
}

interface Link {
  readonly to: Operation;
  /** Layers from there on, itself included. */
  readonly length: number;
}
type Links = ReadonlyMap<Operation, Link>;

const memory = new WeakMap<Graph, { readonly before: Links; readonly after: Links }>();

function linksOf(graph: Graph): { readonly before: Links; readonly after: Links } {
  const known = memory.get(graph);
  if (known !== undefined) return known;
  const before = new Map<Operation, Link>();
  const after = new Map<Operation, Link>();
  const layers = graph.operations.filter(isLayer);
  const pairs = layers.flatMap(from =>
    nextLayers(graph, from)
      .filter(to => isPlain(graph, from, to))
      .map(to => ({ from, to })),
  );
  for (const { from, to } of pairs) extend(before, to, from);
  for (const { from, to } of pairs.toReversed()) extend(after, from, to);
  const links = { before, after };
  memory.set(graph, links);
  return links;
}

/** Pairs come in order of evaluation, so that what lies behind `to` is settled. */
function extend(links: Map<Operation, Link>, at: Operation, to: Operation): void {
  const length = (links.get(to)?.length ?? 0) + 1;
  if (length > (links.get(at)?.length ?? 0)) links.set(at, { to, length });
}

/** A residual branch is a path of its own. */
function isPlain(graph: Graph, from: Operation, to: Operation): boolean {
  return residualOf(graph, from)?.add === residualOf(graph, to)?.add;
}

function walk(links: Links, layer: Operation): readonly Operation[] {
  const way: Operation[] = [];
  for (let link = links.get(layer); link !== undefined; link = links.get(link.to)) way.push(link.to);
  return way;
}
