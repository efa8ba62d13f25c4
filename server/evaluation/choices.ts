/**
 * Conditions that only whoever runs the code decides, such as which of several initializers an option names: each start that
 * hangs on one is there in an evaluation in which it was chosen.
 */
import type { UndecidedIf } from '../interpreter/choices.js';
import type { Program } from '../model/model.js';
import type { Write } from '../model/parameters.js';
import { contains, isSameSite, type Site } from '../text/span.js';
import type { Evaluation } from './evaluate.js';
import { isUnfinished, ownSteps } from './guarded.js';

/** Entries that take more are not run again. */
const MOST_STEPS = 8000;
const MOST_CHOICES = 4;

/** One way to decide, by the place of the test. */
export interface Choice {
  readonly decisions: ReadonlyMap<string, boolean>;
  /** The initializers that are sure to run then, with the test that stands closest around each. */
  readonly starts: readonly (Decision & { readonly callee: Site })[];
}

interface Decision {
  readonly test: UndecidedIf;
  readonly outcome: boolean;
}

/** Few ways to decide that have most of such starts in them. */
export function choicesIn({ program, machine }: Evaluation): readonly Choice[] {
  if (machine.undecidedIfs.size === 0 || isUnfinished(machine) || ownSteps(machine) > MOST_STEPS) return [];
  const conditions = [...machine.undecidedIfs.values()];
  const choices: { decisions: Map<string, boolean>; starts: Choice['starts'][number][] }[] = [];
  for (const { callee, chain } of uncertainStarts(program)) {
    const decided = [callee, ...chain].flatMap(site => conditions.flatMap(it => decisionFor(it, site) ?? []));
    if (decided.length === 0) continue;
    const choice = choices.find(it => fits(it, decided)) ?? { decisions: new Map<string, boolean>(), starts: [] };
    if (!choices.includes(choice) && choices.push(choice) > MOST_CHOICES) return choices.slice(0, MOST_CHOICES);
    for (const { test, outcome } of decided) choice.decisions.set(test.key, outcome);
    choice.starts.push({
      callee,
      ...decided.reduce((a, b) => (lengthOf(b.test.site) < lengthOf(a.test.site) ? b : a)),
    });
  }
  return choices;
}

const lengthOf = ({ start, end }: Site): number => end - start;

function fits({ decisions }: Choice, decided: readonly Decision[]): boolean {
  return decided.every(({ test, outcome }) => (decisions.get(test.key) ?? outcome) === outcome);
}

/** Of each statement the first that runs on one branch alone. */
function uncertainStarts({ models }: Program): readonly Write[] {
  const found: Write[] = [];
  for (const { parameters } of models) {
    for (const { kind, writes } of parameters) {
      if (kind === 'bias' || kind === 'shift') continue;
      for (const it of writes) {
        if (isUncertainStart(it) && !found.some(other => isSameSite(other.callee, it.callee))) found.push(it);
      }
    }
  }
  return found;
}

function isUncertainStart({ origin, certain, region, spec, context }: Write): boolean {
  const isStart = origin === 'written' && region === 'whole' && context !== 'forward';
  return isStart && !certain && spec.kind !== 'unknown' && spec.kind !== 'data' && spec.kind !== 'constant';
}

function decisionFor(test: UndecidedIf, site: Site): Decision | undefined {
  if (!contains(test.site, site)) return undefined;
  if (contains(test.body, site)) return { test, outcome: true };
  return test.otherwise !== undefined && contains(test.otherwise, site) ? { test, outcome: false } : undefined;
}
