/** `initlens check`: finds bad initialization in files and folders, and repairs it. */
import type { Discovered } from '../../features/discovery/discover.js';
import { FileFault, type Terminal } from '../../host.js';
import { decode } from '../../text/encoding.js';
import { resolvePath } from '../../text/paths.js';
import { configurationsFor } from '../check/configurations.js';
import { checkOptions } from '../check/options.js';
import { printOutcome } from '../check/print.js';
import { type Outcome, runCheck } from '../check/run.js';
import { CheckSession } from '../check/session.js';
import { targetFiles } from '../check/targets.js';
import { watchAndCheck } from '../check/watch.js';
import { type Command, exitCode } from '../command.js';
import { type Arguments, UsageError } from '../options.js';
import { isLoud } from '../report.js';

export const checkCommand: Command = {
  name: 'check',
  usage: '[PATH…]',
  summary: 'Find bad initialization in files and folders; - reads standard input',
  options: checkOptions,
  positionals: [0, Number.POSITIVE_INFINITY],
  run: runCommand,
};

async function runCommand(given: Arguments, terminal: Terminal): Promise<number> {
  refuseContradictions(given);
  const configurations = configurationsFor(given, terminal);
  const isInterrupted = interruption(terminal);
  const checkOnce = async () => {
    configurations.forget();
    const session = new CheckSession(terminal, given, configurations);
    const outcome = await outcomeOf(session, isInterrupted);
    if (outcome !== undefined) return report(outcome, session);
    return terminal.output.isOpen ? exitCode.interrupted : exitCode.failed;
  };
  if (!given.has('watch')) return checkOnce();
  return watchAndCheck(given.positionals, terminal, isInterrupted, checkOnce);
}

/** Standard input is one text, and ends. */
function refuseContradictions(given: Arguments): void {
  const readsInput = given.positionals.includes('-');
  if (!readsInput && given.has('stdin-filename')) throw new UsageError('--stdin-filename goes with - for PATH');
  if (readsInput && given.positionals.length > 1)
    throw new UsageError('- stands alone: other paths are not read with it');
  if (readsInput && given.has('watch')) throw new UsageError('standard input cannot be watched');
}

async function outcomeOf(session: CheckSession, isInterrupted: () => boolean): Promise<Outcome | undefined> {
  const { given, terminal, configurations } = session;
  if (given.positionals.includes('-')) return runCheck(await standardInput(session), session, isInterrupted);
  const paths = given.positionals.length === 0 ? ['.'] : given.positionals;
  return runCheck(targetFiles(paths, terminal, configurations), session, isInterrupted);
}

async function report(outcome: Outcome, session: CheckSession): Promise<number> {
  const problem = await printOutcome(outcome, session);
  if (problem !== undefined) {
    session.terminal.errors.write(`initlens: ${problem.path}: ${problem.message}\n`);
    return exitCode.failed;
  }
  return exitOf(outcome, session);
}

function exitOf({ report: { findings, errors } }: Outcome, { terminal, given }: CheckSession): number {
  if (errors.length > 0 || !terminal.output.isOpen) return exitCode.failed;
  return findings.some(isLoud) && !given.has('exit-zero') ? exitCode.findings : exitCode.clean;
}

/** Standard input under the name it goes by, as if an editor had it open. */
async function standardInput(session: CheckSession): Promise<readonly Discovered[]> {
  const { terminal, given } = session;
  const path = resolvePath(session.folder, given.value('stdin-filename') ?? 'stdin.py');
  const decoded = decode(await terminal.readInput(), bytes => terminal.decodeUtf8(bytes));
  if ('error' in decoded) return [{ path, fault: new FileFault('other', decoded.error) }];
  session.input = { path, text: decoded.text };
  return [{ path }];
}

function interruption(terminal: Terminal): () => boolean {
  let isInterrupted = false;
  terminal.onInterrupt(() => {
    isInterrupted = true;
  });
  return () => isInterrupted || !terminal.output.isOpen;
}
