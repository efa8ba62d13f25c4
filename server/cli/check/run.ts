/** Checks files one after the other: analysis, repair, report. */
import type { Finding } from '../../analyze.js';
import type { Discovered } from '../../features/discovery/discover.js';
import { relativePath } from '../../text/paths.js';
import type { Report, ReportedError } from '../report.js';
import { configurationErrors, configurationFindings } from './configuration-findings.js';
import { type Repair, repair, writeRepair } from './fix.js';
import { reportFinding } from './places.js';
import { Progress } from './progress.js';
import type { CheckSession } from './session.js';

export interface Outcome {
  readonly report: Report;
  readonly repairs: readonly Repair[];
}

/** Milliseconds after which others get their turn: Ctrl-C, a closed pipe. */
const slice = 50;

/** Undefined when it was interrupted. */
export async function runCheck(
  files: Iterable<Discovered>,
  session: CheckSession,
  isInterrupted: () => boolean,
): Promise<Outcome | undefined> {
  const run = new Run(session);
  const progress = new Progress(session.terminal);
  let next = session.terminal.now() + slice;
  for (const file of files) {
    run.add(file);
    progress.step(`Checking ${relativePath(session.folder, file.path)}`);
    if (session.terminal.now() < next) continue;
    await session.terminal.turn();
    if (isInterrupted()) break;
    next = session.terminal.now() + slice;
  }
  progress.end();
  return isInterrupted() ? undefined : run.outcome();
}

class Run {
  readonly #session: CheckSession;
  readonly #checked: string[] = [];
  readonly #found: Finding[] = [];
  readonly #errors: ReportedError[] = [];
  readonly #repairs: Repair[] = [];

  constructor(session: CheckSession) {
    this.#session = session;
  }

  add({ path, fault }: Discovered): void {
    if (fault !== undefined) {
      this.#errors.push(this.#session.error(path, fault.message));
      return;
    }
    this.#repair(path);
    const found = this.#session.analyze(path);
    if ('message' in found) this.#errors.push(found);
    else this.#found.push(...found);
    if (!('message' in found)) this.#checked.push(path);
  }

  /** A file may be at fault for what another does with it, so findings are gathered before they are reported. */
  outcome(): Outcome {
    const session = this.#session;
    const byFile = groupByFile(this.#found);
    const findings = this.#checked.flatMap(path => session.curate(path, byFile.get(path) ?? []));
    const configuration = configurationFindings(session);
    return {
      report: {
        findings: [
          ...configuration,
          ...findings.map(it => reportFinding(it, session.folder, path => session.sourceOf(path))),
        ],
        files: this.#checked.length,
        errors: [...configurationErrors(session), ...this.#errors],
      },
      repairs: this.#repairs,
    };
  }

  #repair(path: string): void {
    const { given } = this.#session;
    if (!given.has('fix') && !given.has('diff')) return;
    const repaired = repair(path, this.#session);
    if (repaired === undefined) return;
    this.#repairs.push(repaired);
    if (given.has('diff') || path === this.#session.input?.path) return;
    const error = writeRepair(repaired, this.#session);
    if (error === undefined) this.#session.projectOf(path).changed(path);
    else this.#errors.push(error);
  }
}

function groupByFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.path);
    if (group === undefined) groups.set(finding.path, [finding]);
    else group.push(finding);
  }
  return groups;
}
