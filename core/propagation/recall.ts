/** What was found of the same operation on the same signals before: an edit costs what it changed. */
import { remembering } from '../memory.js';
import type { Edge } from './backward.js';
import type { SignalOperation } from './graph.js';
import type { SeedSpread } from './seed-spread.js';
import type { Signal } from './signal.js';

/** Of a few large networks. */
const MOST = 1500;

const recallSignal = remembering<Signal | undefined>(MOST);
const recallFactor = remembering<number | undefined>(MOST);
const recallSpread = remembering<SeedSpread>(MOST);

/** The same object where nothing changed, so that what follows is found again too. */
export function recalledSignal(
  operation: SignalOperation,
  inputs: readonly (Signal | undefined)[],
  samples: number,
  find: () => Signal | undefined,
): Signal | undefined {
  return recallSignal(`${inputs.map(nameOf)} ${samples} ${textOf(operation)}`, find);
}

export function recalledFactor(edge: Edge, find: () => number | undefined): number | undefined {
  return recallFactor(nameOfEdge(edge), find);
}

export function recalledSpread(
  edge: Edge,
  { variance, drift, concentration, error }: SeedSpread,
  find: () => SeedSpread,
): SeedSpread {
  return recallSpread(`${nameOfEdge(edge)} ${variance} ${drift} ${concentration} ${error}`, find);
}

/** Of names, numbers and lists of numbers, as all operations are made of: equal for equal ones. */
const textOf = (operation: SignalOperation): string => Object.entries(operation).join();

const edges = new WeakMap<Edge, string>();

function nameOfEdge(edge: Edge): string {
  const known = edges.get(edge);
  if (known !== undefined) return known;
  const { operation, inputs, output, position, window } = edge;
  const name = `${inputs.map(nameOf)} ${nameOf(output)} ${position} ${window} ${textOf(operation)}`;
  edges.set(edge, name);
  return name;
}

const names = new WeakMap<Signal, number>();
let last = 0;

function nameOf(signal: Signal | undefined): number {
  if (signal === undefined) return 0;
  const name = names.get(signal) ?? ++last;
  names.set(signal, name);
  return name;
}
