/** Finds code that initializes layers by their kind and misses a kind that the network has, or every one. */
import type { Model, Program } from '../model/model.js';
import type { Module, Parameter } from '../model/parameters.js';
import { isLoaded, specOf } from '../model/questions/final-writes.js';
import { effectiveGain } from '../model/questions/gains.js';
import { hasWritten, type Ladder, laddersOf, type Met, weightOf } from '../model/questions/ladders.js';
import { isAnswer, isNormalized, nonlinearityAfter, type WeightUse, weightUses } from '../model/questions/weights.js';
import type { ClassTest } from '../model/visits.js';
import { contains, type Site } from '../text/span.js';
import type { Fix, Report, Rule, Severity } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { andOthers, nameOf, number } from './wording.js';

export const missingBranch: Rule = {
  id: 'missing-branch',
  summary: 'Finds code that initializes layers by their kind and misses a kind that the network has',
  severity: 'information',
  fix: 'unsafe',
  since: '0.2.0',

  *check(program) {
    const done = new Set<string>();
    const ladders = laddersOf(program);
    const working = new Set(ladders.filter(it => it.met.some(isTreated)).map(placeOf));
    for (const ladder of ladders) {
      if (!ladder.met.some(isTreated) && working.has(placeOf(ladder))) continue;
      for (const report of reportsOf(program, ladder)) {
        if (!done.has(keyOf(report.site))) yield report;
        done.add(keyOf(report.site));
      }
    }
  },
};

/** One statement may serve several networks. */
const placeOf = ({ chain: [call] }: Ladder): string => (call === undefined ? '' : keyOf(call));
/** What a branch was taken for may be initialized by code out of sight. */
const isTreated = ({ writes, tests }: Met): boolean => writes.length > 0 || tests.some(it => it.holds !== false);

function* reportsOf(program: Program, ladder: Ladder): Iterable<Report> {
  const missed = ladder.met.filter(it => !isTreated(it) && isLeftAlone(it.module));
  const layers = ladder.met.filter(it => it.module.layer !== undefined);
  const treated = layers.filter(it => isTreated(it) && isMeant(it) && isStarted(it));
  if (missed.length === 0) yield* nothingReached(program, ladder);
  else if (!ladder.met.some(isTreated)) yield* nothingMatches(program, ladder, missed);
  else if (treated.length > 0) yield* kindsMissed(program, treated, missed);
}

/** Treated for its own kind, not for that of a module around it. */
const isMeant = ({ tests }: Met): boolean => tests.length === 0 || tests.some(it => it.holds);

/** Its weight is; a kernel that is copied in, as for bilinear upsampling, is for that kind of layer alone. */
function isStarted({ module, writes }: Met): boolean {
  const weight = weightOf(module);
  const own = writes.filter(it => weight?.writes.includes(it));
  return weight !== undefined && (own.length === 0 || own.some(it => !COPIES.test(it.initializer)));
}

const COPIES = /^(copy_|data|dirac_|eye_)$/;

/** It starts from the framework's default, and nothing else is made of that. */
function isLeftAlone(module: Module): boolean {
  const weight = weightOf(module);
  if (weight === undefined || !SUMMING.has(module.role ?? '') || isLoaded(weight)) return false;
  return weight.writes.every(it => it.origin === 'default') && weight.reparametrized === undefined;
}

const SUMMING: ReadonlySet<string> = new Set(['linear', 'convolution', 'transposed_convolution', 'recurrent']);

// ── nothing matches ─────────────────────────────────────────────────────────────────────────────────────────────────

function* nothingMatches(program: Program, ladder: Ladder, missed: readonly Met[]): Iterable<Report> {
  const [site] = ladder.chain;
  const isAsked = missed.every(({ tests }) => tests.length > 0 && tests.every(it => it.holds === false));
  const initializes = ladder.initializes || program.calls.some(it => contains(ladder.helper, it.callee));
  if (site === undefined || !isAsked || !initializes) return;
  if (missed.some(it => !isWhollySeen(program, it.module))) return;
  const [first] = missed;
  const kinds = [...new Set(missed.map(it => `\`${it.module.className}\``))].join(', ');
  const asked = [...new Set(first!.tests.map(it => `\`${it.written}\``))].join(', ');
  const question = first!.tests[0]!.site;
  const isOwn = isConstruction(program, site);
  yield {
    site: isOwn ? question : site,
    severity: 'warning',
    message:
      `this initializes nothing: it looks for ${asked}, and the layers here are ${kinds}; ` +
      `${nameOf(weightOf(first!.module)!)}${andOthers(missed.length - 1)} ${keeps(missed)} torch's default`,
    related: isOwn
      ? [{ site, message: 'the network is made here' }]
      : [{ site: question, message: 'false for every layer with weights' }],
  };
}

/** A constructor that goes through what it has made says where it is wrong, not who calls it. */
function isConstruction({ models }: Program, { path, start, end }: Site): boolean {
  const isThere = (it: Site | undefined) => it?.path === path && it.start === start && it.end === end;
  return models.some(model => isThere(model.site) || model.modules.some(it => isThere(it.site)));
}

/** It is handed what holds the layers, and never the layers: `children()` and `_modules` go no deeper. */
function* nothingReached(program: Program, ladder: Ladder): Iterable<Report> {
  const [site] = ladder.chain;
  const holders = ladder.met.filter(it => layersIn(it.module).length > 0);
  const layers = holders.flatMap(it => layersIn(it.module));
  if (site === undefined || layers.length === 0 || !ladder.initializes || ladder.met.some(isTreated)) return;
  const met = new Set(ladder.met.map(it => it.module));
  if (!layers.every(it => isLeftAlone(it) && !met.has(it) && isWhollySeen(program, it))) return;
  if (hasWritten(program, ladder)) return;
  const asked = [...new Set(holders[0]!.tests.map(it => `\`${it.written}\``))].join(', ');
  const kinds = [...new Set(holders.map(it => `\`${it.module.className}\``))].join(', ');
  yield {
    site,
    severity: 'warning',
    message:
      `this initializes nothing: it looks for ${asked} and is given ${kinds} with the layers inside; ` +
      `${nameOf(weightOf(layers[0]!)!)}${andOthers(layers.length - 1)} ${keeps(layers)} torch's default`,
    related: [{ site: holders[0]!.tests[0]!.site, message: 'false for everything that it is given' }],
  };
}

/** What it holds that sums, at any depth. */
function layersIn({ children }: Module): readonly Module[] {
  return children.flatMap(it => [...(isSumming(it) ? [it] : []), ...layersIn(it)]);
}

const isSumming = (module: Module): boolean => SUMMING.has(module.role ?? '') && weightOf(module) !== undefined;

/** What is not known of a network may be a layer that is treated. */
function isWhollySeen({ models }: Program, module: Module): boolean {
  return models.every(it => !it.unknowns.some(reason => reason.isGap) || !it.modules.includes(module));
}

const keeps = (missed: readonly unknown[]) => (missed.length === 1 ? 'keeps' : 'keep');

// ── a kind is missed ────────────────────────────────────────────────────────────────────────────────────────────────

function* kindsMissed(program: Program, treated: readonly Met[], missed: readonly Met[]): Iterable<Report> {
  for (const group of groupedBy(missed, it => it.module.className)) {
    const { className } = group[0]!.module;
    if (treated.some(it => it.module.className === className)) continue;
    const sibling = treated.find(it => isSibling(it.module, group[0]!.module));
    const hidden = group.filter(it => isHidden(program, it.module, sibling !== undefined));
    const test = sibling?.tests.find(it => it.holds) ?? lastAsked(group[0]!);
    if (hidden.length > 0 && test !== undefined) yield report(className, hidden, sibling, test, program);
  }
}

/** Layers of one family: who initializes one of them means the other. */
function isSibling(a: Module, b: Module): boolean {
  const family = (it: Module) => (it.role === 'transposed_convolution' ? 'convolution' : it.role);
  return family(a) === family(b);
}

/** Of another kind, only what feeds a nonlinearity asks for more than its default: answers and embeddings do not. */
function isHidden({ models }: Program, module: Module, isSure: boolean): boolean {
  const uses = usesIn(models, weightOf(module)!);
  return uses.length === 0 ? isSure : uses.some(it => isSure || (!isAnswer(it) && feedsNonlinearity(it)));
}

function feedsNonlinearity(use: WeightUse): boolean {
  const nonlinearity = nonlinearityAfter(use);
  return nonlinearity !== undefined && nonlinearity.name !== 'linear';
}

function usesIn(models: readonly Model[], weight: Parameter) {
  return models.filter(it => it.parameters.includes(weight)).flatMap(it => weightUses(it, weight));
}

const lastAsked = ({ tests }: Met): ClassTest | undefined => tests.at(-1);

function report(
  className: string,
  missed: readonly Met[],
  sibling: Met | undefined,
  test: ClassTest,
  program: Program,
): Report {
  const weight = weightOf(missed[0]!.module)!;
  const names = `${nameOf(weight)}${andOthers(missed.length - 1)}`;
  const isCaught =
    sibling === undefined
      ? `no branch here is for \`${className}\``
      : `\`${test.written}\` does not catch \`${className}\``;
  const fix = sibling && fixOf(className, sibling, test);
  return {
    site: test.site,
    severity: severityOf(program, weight, sibling),
    message: `${isCaught}: ${names} ${keeps(missed)} torch's default${comparisonOf(weight, sibling)}`,
    ...(fix && { fixes: [fix] }),
    ...(missed[0]!.module.site && { related: [{ site: missed[0]!.module.site, message: 'the layer is made here' }] }),
  };
}

function severityOf({ models }: Program, weight: Parameter, sibling: Met | undefined): Severity {
  const isSettled = usesIn(models, weight).every(isNormalized);
  return sibling === undefined || (isSettled && usesIn(models, weight).length > 0) ? 'hint' : 'information';
}

function comparisonOf(weight: Parameter, sibling: Met | undefined): string {
  const own = effectiveGain(weight);
  const other = sibling && weightOf(sibling.module);
  const theirs = other && specOf(other)?.kind !== 'unknown' ? effectiveGain(other) : undefined;
  if (own === undefined || theirs === undefined || Math.abs(own / theirs - 1) < 0.05) return '';
  return `, gain ${number(own)}, where the others start with ${number(theirs)}`;
}

/** Adds the class beside the one that is there, under the same prefix. */
function fixOf(className: string, { module }: Met, { classes, written, takesMany }: ClassTest): Fix | undefined {
  if (!takesMany) return undefined;
  const known = new RegExp(`^\\(?[^()]*?([\\w.]+\\.)${module.layer ?? module.className}\\b`).exec(written);
  if (known === null) return undefined;
  const added = `${known[1]}${className}`;
  const text = written.startsWith('(') ? written.replace(/,?\s*\)$/, `, ${added})`) : `(${written}, ${added})`;
  return {
    title: `Initialize \`${className}\` here too`,
    intents: [{ kind: 'replace', site: classes, text }],
    safe: false,
  };
}
