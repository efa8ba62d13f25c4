/** Code that initializes modules by their kind, and what it came by: a chain of `isinstance` tests, or a function for `apply`. */
import { contains, isSameSite, type Site } from '../../text/span.js';
import type { Program } from '../model.js';
import type { Module, Parameter, Write } from '../parameters.js';
import type { ClassTest, Visit } from '../visits.js';

/** One run of it over a network's modules. */
export interface Ladder {
  readonly helper: Site;
  readonly chain: readonly Site[];
  /** Its own text calls initializers. */
  readonly initializes: boolean;
  readonly met: readonly Met[];
}

export interface Met {
  readonly module: Module;
  readonly tests: readonly ClassTest[];
  /** The writes of it made there. */
  readonly writes: readonly Write[];
}

export function laddersOf({ visits }: Program): readonly Ladder[] {
  const runs = new Map<string, Visit[][]>();
  for (const visit of visits) {
    if (visit.helper === undefined) continue;
    const key = keyOf(visit.helper, visit.chain);
    const alike = runs.get(key) ?? [];
    runs.set(key, alike);
    const run = alike.findLast(([first]) => isSameRun(first!, visit));
    if (run === undefined) alike.push([visit]);
    else run.push(visit);
  }
  return [...runs.values()].flat().map(ladderOf);
}

/** Equal for visits of one run, and for few others: chains are long, and thousands of visits share each. */
function keyOf(helper: Site, chain: readonly Site[]): string {
  return [helper, ...chain.slice(0, 2)].map(it => it.start).join();
}

const isSameRun = (a: Visit, b: Visit): boolean =>
  isSameSite(a.helper!, b.helper!) && a.chain.length === b.chain.length && endsWith(a.chain, b.chain);

function ladderOf(visits: readonly Visit[]): Ladder {
  const { helper, chain } = visits[0]!;
  const tests = new Map<Module, ClassTest[]>();
  for (const { module, test } of visits) {
    if (module.parameters.length === 0 && module.layer === undefined) continue;
    const asked = tests.get(module) ?? [];
    if (test !== undefined) asked.push(test);
    tests.set(module, asked);
  }
  const met = [...tests].map(([module, asked]) => ({
    module,
    tests: asked,
    writes: module.parameters.flatMap(it => it.writes.filter(write => isMadeIn(write, helper!, chain))),
  }));
  return { helper: helper!, chain, initializes: visits[0]!.initializes === true, met };
}

/** Whether the run has started anything, also what no test was about. */
export function hasWritten({ models }: Program, { helper, chain }: Ladder): boolean {
  return models.some(({ parameters }) =>
    parameters.some(it => it.writes.some(write => isMadeIn(write, helper, chain))),
  );
}

/** Made by the helper's own statements, or by what these call, in this very run. */
function isMadeIn(write: Write, helper: Site, chain: readonly Site[]): boolean {
  if (write.origin !== 'written') return false;
  const way = [write.callee, ...write.chain];
  const own = way.slice(0, way.length - chain.length);
  return own.some(it => contains(helper, it)) && endsWith(way, chain);
}

function endsWith(way: readonly Site[], chain: readonly Site[]): boolean {
  const rest = way.slice(way.length - chain.length);
  return rest.length === chain.length && rest.every((it, i) => isSameSite(it, chain[i]!));
}

/** What a layer sums with. */
export function weightOf(module: Module): Parameter | undefined {
  return module.parameters.find(it => it.kind === 'weight' || it.kind === 'recurrent');
}
