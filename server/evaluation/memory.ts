/** What the last evaluation of a file found, entry by entry: an edit re-evaluates what it touched and nothing else. */
import type { Finding } from '../finding.js';
import type { Tree } from '../syntax/tree.js';
import { type Span, touches } from '../text/span.js';
import type { EvaluatedFile } from './file.js';
import { type Fingerprint, fingerprintOfText, startOf } from './fingerprints.js';
import { SHARE_OF_RUN } from './guarded.js';
import type { UncalledHelper } from './helpers.js';

/** What an entry point came to, and what it stood on. */
export interface Outcome {
  readonly findings: readonly Finding[];
  readonly covers: ReadonlySet<string>;
  /** Functions that initialize weights and that only the evaluation called: `Net.init_weights`. */
  readonly helpers: readonly UncalledHelper[];
  readonly steps: number;
  /** The steps that it might have taken, and whether it would have taken more. */
  readonly maximumSteps: number;
  readonly isUnfinished: boolean;
  /** Fingerprints of the names that it used, as they were. */
  readonly basis: ReadonlyMap<string, Fingerprint>;
  /** The top-level statements, to move findings with them. */
  readonly starts: readonly Statement[];
}

interface Statement extends Span {
  readonly fingerprint: Fingerprint;
}

export class Memory {
  private readonly outcomes = new Map<string, Outcome>();

  /** The entry's findings, moved to where their statements are now; undefined when it has to be evaluated again. */
  recall(name: string, file: EvaluatedFile, maximumSteps: number): Outcome | undefined {
    const outcome = this.outcomes.get(name);
    if (outcome === undefined || !isWithin(outcome, maximumSteps)) return undefined;
    for (const [used, fingerprint] of outcome.basis) if (file.fingerprintOf(used) !== fingerprint) return undefined;
    if (outcome.findings.length === 0) return outcome;
    const findings = moved(outcome, file);
    return findings && { ...outcome, findings, starts: statementsOf(file) };
  }

  keep(name: string, outcome: Outcome): void {
    this.outcomes.set(name, outcome);
  }

  forgetAllBut(names: ReadonlySet<string>): void {
    for (const name of this.outcomes.keys()) if (!names.has(name)) this.outcomes.delete(name);
  }
}

/** Whether it would come to the same with this budget. */
function isWithin(outcome: Outcome, maximumSteps: number): boolean {
  if (outcome.maximumSteps === maximumSteps) return true;
  return !outcome.isUnfinished && outcome.steps <= SHARE_OF_RUN * maximumSteps;
}

export function statementsOf({ file: { tree, text } }: EvaluatedFile): readonly Statement[] {
  return statementsIn(tree, text);
}

const cached = new WeakMap<Tree, readonly Statement[]>();

function statementsIn(tree: Tree, text: string): readonly Statement[] {
  let statements = cached.get(tree);
  if (statements === undefined) {
    statements = tree.body.map(it => {
      return { start: startOf(it), end: it.end, fingerprint: fingerprintOfText(it, text) };
    });
    cached.set(tree, statements);
  }
  return statements;
}

const places = new WeakMap<Tree, ReadonlyMap<Fingerprint, number>>();

/** Where each top-level statement starts, by what is written there. */
function placesIn(file: EvaluatedFile): ReadonlyMap<Fingerprint, number> {
  const { tree } = file.file;
  let known = places.get(tree);
  if (known === undefined) {
    known = new Map(statementsOf(file).map(it => [it.fingerprint, it.start]));
    places.set(tree, known);
  }
  return known;
}

function moved({ findings, starts }: Outcome, file: EvaluatedFile): readonly Finding[] | undefined {
  const now = placesIn(file);
  const shiftAt = (offset: number): number | undefined => {
    const statement = starts.find(it => touches(it, offset));
    const start = statement && now.get(statement.fingerprint);
    return start === undefined ? undefined : start - statement!.start;
  };
  const shifted = findings.map(it => shiftedFinding(it, file.file.path, shiftAt));
  return shifted.every(it => it !== undefined) ? shifted : undefined;
}

function shiftedFinding(
  finding: Finding,
  path: string,
  shiftAt: (offset: number) => number | undefined,
): Finding | undefined {
  let isLost = false;
  const shifted = <T extends Span>(at: string, span: T): T => {
    const by = at === path ? shiftAt(span.start) : 0;
    if (by === undefined) isLost = true;
    return by === 0 ? span : { ...span, start: span.start + (by ?? 0), end: span.end + (by ?? 0) };
  };
  const result: Finding = {
    ...finding,
    span: shifted(finding.path, finding.span),
    fixes: finding.fixes.map(fix => ({ ...fix, edits: fix.edits.map(it => shifted(it.path, it)) })),
    related: finding.related.map(it => ({ ...it, span: shifted(it.path, it.span) })),
  };
  return isLost ? undefined : result;
}
