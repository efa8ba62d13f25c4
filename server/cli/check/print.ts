/** Puts an outcome out: to the terminal or to a file, in the format that was asked for. */
import { allRules } from '../../features/rulebook.js';
import { cellsOf } from '../../text/cells.js';
import { counted } from '../../text/counts.js';
import { resolvePath } from '../../text/paths.js';
import { type Colours, coloursFor, plain } from '../colour.js';
import { unifiedDiff } from '../diff.js';
import { githubReport } from '../formats/github.js';
import { jsonReport } from '../formats/json.js';
import { sarifReport } from '../formats/sarif.js';
import { statisticsOf, statisticsText } from '../formats/statistics.js';
import { type LineReader, textReport } from '../formats/text.js';
import type { ReportedError } from '../report.js';
import type { Format } from './options.js';
import type { Outcome } from './run.js';
import type { CheckSession } from './session.js';

/** Answers what kept it from being written. */
export async function printOutcome(outcome: Outcome, session: CheckSession): Promise<ReportedError | undefined> {
  const { terminal, given } = session;
  const file = given.value('output-file');
  const colours = file === undefined ? coloursFor(terminal.output, terminal.environment) : plain;
  const text = textOf(outcome, session, colours);
  printErrors(outcome, session);
  if (file === undefined) {
    terminal.output.write(text);
    await terminal.output.flush();
    return undefined;
  }
  const fault = terminal.writeFile(resolvePath(session.folder, file), terminal.encodeUtf8(text));
  return fault && { path: file, message: fault.message };
}

function textOf(outcome: Outcome, session: CheckSession, colours: Colours): string {
  const { given, input } = session;
  if (given.has('diff')) return diffs(outcome, session, colours);
  if (input !== undefined && given.has('fix')) return outcome.repairs[0]?.after ?? input.text;
  return formatted(outcome, session, colours);
}

function diffs({ repairs }: Outcome, session: CheckSession, colours: Colours): string {
  return repairs.map(({ path, before, after }) => unifiedDiff(session.shown(path), before, after, colours)).join('');
}

function formatted({ report, repairs }: Outcome, session: CheckSession, colours: Colours): string {
  const counts = session.given.has('statistics') ? statisticsOf(report.findings) : undefined;
  switch ((session.given.value('format') ?? 'text') as Format) {
    case 'json':
      return jsonReport(counts === undefined ? report : { ...report, statistics: counts });
    case 'sarif':
      return sarifReport(report, { version: session.terminal.version, rules: allRules, folder: session.folder });
    case 'github':
      return githubReport(report);
    case 'text': {
      const fixed = repairs.reduce((sum, it) => sum + it.applied, 0);
      const repaired = fixed === 0 ? '' : `${counted(fixed, 'fix', 'fixes')} applied.\n`;
      const body = counts === undefined ? textReport(report, linesOf(session), colours) : statisticsText(counts);
      return repaired + body;
    }
  }
}

function linesOf(session: CheckSession): LineReader {
  return (path, line, cell) => {
    const source = session.sourceOf(resolvePath(session.folder, path));
    if (source === undefined) return undefined;
    const start = cell === undefined ? 0 : cellsOf(source.text).find(it => it.number === cell)?.start;
    return start === undefined ? undefined : source.lines.textOf(source.lines.lineAt(start) + line - 1);
  };
}

/** Programs find errors in the document; a person finds them here. */
function printErrors({ report }: Outcome, { terminal, given, input }: CheckSession): void {
  const isForPrograms = ['json', 'sarif', 'github'].includes(given.value('format') ?? 'text');
  if (isForPrograms && input === undefined) return;
  for (const { path, message } of report.errors) terminal.errors.write(`initlens: ${path}: ${message}\n`);
}
