/** `initlens propagate`: how activations and gradients fare from layer to layer, before anything is trained. */
import { evaluateTarget } from '../../analyze.js';
import { drawSignal } from '../../features/signal/picture.js';
import { type SignalReport, signalReport } from '../../features/signal/rows.js';
import type { Terminal } from '../../host.js';
import type { Site } from '../../text/span.js';
import { coloursFor } from '../colour.js';
import { type Command, exitCode } from '../command.js';
import type { Place } from '../model/rows.js';
import { type Arguments, UsageError } from '../options.js';
import { signalText } from '../propagate/text.js';
import { locateIn, openTarget, targetOptions } from '../target.js';

export const propagateCommand: Command = {
  name: 'propagate',
  usage: 'TARGET',
  summary: 'Show how activations and gradients fare along a network: their std at every layer, and its band by seed',
  options: [
    {
      name: 'input',
      value: 'SHAPE',
      description: 'The shape of an input, batch first: 8,3,224,224; once for every argument of forward',
    },
    { name: 'format', value: 'FORMAT', choices: ['text', 'json', 'svg'], description: 'How to print them' },
    ...targetOptions,
  ],
  positionals: [1, 1],
  run: propagateTarget,
};

async function propagateTarget(given: Arguments, terminal: Terminal): Promise<number> {
  const [written = ''] = given.positionals;
  const inputs = given.all('input').map(shapeOf);
  const { project, target } = openTarget(written, given, terminal);
  const evaluated = evaluateTarget(project, target, { inputs });
  if ('error' in evaluated) return fail(evaluated.error, terminal);
  const report = signalReport(evaluated.model);
  if (report === undefined) return fail(`${written}: its forward could not be evaluated`, terminal);
  const locate = locateIn(project, terminal.currentFolder);
  terminal.output.write(printed(report, given.value('format'), terminal, locate));
  return exitCode.clean;
}

function printed(
  report: SignalReport,
  format: string | undefined,
  terminal: Terminal,
  locate: (site: Site) => Place,
): string {
  if (format === 'svg') return drawSignal(report, { width: 720, height: 260 });
  if (format !== 'json') return signalText(report, coloursFor(terminal.output, terminal.environment));
  const rows = report.rows.map(({ site, shape, ...row }) => ({
    ...row,
    shape: shape?.map(it => it ?? null) ?? null,
    site: site === undefined ? null : locate(site),
  }));
  return `${JSON.stringify({ rows, assumptions: report.assumptions }, undefined, 2)}\n`;
}

/** `8,3,224,224` or `8x3x224x224`. */
function shapeOf(written: string): readonly number[] {
  const sizes = written.split(/[,x×]/).map(it => it.trim());
  if (!sizes.every(it => /^\d+$/.test(it)))
    throw new UsageError(`--input is a shape such as 8,3,224,224, not ${written}`);
  return sizes.map(Number);
}

function fail(message: string, terminal: Terminal): number {
  terminal.errors.write(`initlens: ${message}\n`);
  return exitCode.failed;
}
