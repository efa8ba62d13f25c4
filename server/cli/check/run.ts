/** Checks files, alone or with helpers: analysis, repair, report. */
import type { Finding } from '../../analyze.js';
import type { Discovered } from '../../features/discovery/discover.js';
import { relativePath } from '../../text/paths.js';
import type { Arguments } from '../options.js';
import type { Report, ReportedError } from '../report.js';
import { configurationErrors, configurationFindings } from './configuration-findings.js';
import { type Repair, repair, writeRepair } from './fix.js';
import { Helpers } from './helpers.js';
import { reportFinding } from './places.js';
import { Progress } from './progress.js';
import { type Item, Queue } from './queue.js';
import type { Checked, CheckSession } from './session.js';

export interface Outcome {
  readonly report: Report;
  readonly repairs: readonly Repair[];
}

/** Milliseconds after which others get their turn: workers, Ctrl-C, a closed pipe. */
const slice = 20;

/** Undefined when it was interrupted. */
export async function runCheck(
  files: Iterable<Discovered>,
  session: CheckSession,
  isInterrupted: () => boolean,
): Promise<Outcome | undefined> {
  const queue = new Queue(files);
  const run = new Run(session, queue);
  const helpers = mayHelp(session.given) ? new Helpers(queue, session, run.receive) : undefined;
  await run.work(isInterrupted);
  await helpers?.finish(isInterrupted);
  // What a helper had when it failed.
  await run.work(isInterrupted);
  run.progress.end();
  return isInterrupted() ? undefined : run.outcome();
}

/** Files that are changed change what the others are checked with: one process sees to them all. */
const mayHelp = (given: Arguments) => !given.has('fix') && !given.has('diff');

class Run {
  readonly progress: Progress;
  /** By the place of their file in the order of all. */
  readonly #checked: Checked[] = [];
  readonly #repairs: Repair[] = [];

  constructor(
    private readonly session: CheckSession,
    private readonly queue: Queue,
  ) {
    this.progress = new Progress(session.terminal);
  }

  /** Checks what is in the queue until nothing is, or it is interrupted. */
  async work(isInterrupted: () => boolean): Promise<void> {
    const { terminal } = this.session;
    let next = terminal.now() + slice;
    for (let [item] = this.queue.take(1); item !== undefined; [item] = this.queue.take(1)) {
      this.receive(item, this.#check(item.path));
      if (terminal.now() < next) continue;
      await terminal.turn();
      if (isInterrupted()) return;
      next = terminal.now() + slice;
    }
  }

  readonly receive = ({ index, path }: Item, checked: Checked): void => {
    this.#checked[index] = checked;
    this.progress.step(`Checking ${relativePath(this.session.folder, path)}`);
  };

  /** A file may be at fault for what another does with it, so findings are gathered before they are reported. */
  outcome(): Outcome {
    const { session } = this;
    for (const { index, path, fault } of this.queue.faults) {
      this.#checked[index] = { path, errors: [session.error(path, fault.message)] };
    }
    const byFile = groupByFile(this.#checked.flatMap(it => it.found ?? []));
    const files = this.#checked.filter(it => it.found !== undefined);
    const worthReading = files.filter(it => it.hasDirectives || byFile.has(it.path));
    const findings = worthReading.flatMap(({ path }) => session.curate(path, byFile.get(path) ?? []));
    return {
      report: {
        findings: [
          ...configurationFindings(session),
          ...findings.map(it => reportFinding(it, session.folder, path => session.sourceOf(path))),
        ],
        files: files.length,
        errors: [...configurationErrors(session), ...this.#checked.flatMap(it => it.errors)],
      },
      repairs: this.#repairs,
    };
  }

  #check(path: string): Checked {
    const error = this.#repair(path);
    const checked = this.session.check(path);
    return error === undefined ? checked : { ...checked, errors: [error, ...checked.errors] };
  }

  #repair(path: string): ReportedError | undefined {
    const { given } = this.session;
    if (!given.has('fix') && !given.has('diff')) return undefined;
    const repaired = repair(path, this.session);
    if (repaired === undefined) return undefined;
    this.#repairs.push(repaired);
    if (given.has('diff') || path === this.session.input?.path) return undefined;
    const error = writeRepair(repaired, this.session);
    if (error === undefined) this.session.projectOf(path).changed(path);
    return error;
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
