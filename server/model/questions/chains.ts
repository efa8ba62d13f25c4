/** Plain chains: layers that follow each other with nothing but nonlinearities between, no norm and no sum. */
import type { Graph, Operation } from '../graph.js';
import { nextLayers } from './following.js';
import { isLayer } from './operations.js';
import { residualOf } from './residuals.js';

/** The longest plain chain through a layer, first layer first; the layer alone where nothing plain leads to or from it. */
export function chainThrough(graph: Graph, layer: Operation): readonly Operation[] {
  const { before, after } = linksOf(graph);
  return [...walk(before, layer).toReversed(), layer, ...walk(after, layer)];
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
