/** `initlens propagate`: how activations and gradients fare from layer to layer, before anything is trained. */
import { type EvaluatedTarget, evaluateTarget, type Project } from '../../analyze.js';
import { drawSignal } from '../../features/signal/picture.js';
import { type Method, type RefineOptions, refinedReport } from '../../features/signal/refine.js';
import type { SignalReport } from '../../features/signal/rows.js';
import { misfitOf } from '../../features/signal/sized.js';
import type { Terminal } from '../../host.js';
import { samplerOf } from '../../sampler.js';
import type { Site } from '../../text/span.js';
import { coloursFor } from '../colour.js';
import { type Command, exitCode } from '../command.js';
import type { Place } from '../model/rows.js';
import { type Arguments, UsageError } from '../options.js';
import { signalText } from '../propagate/text.js';
import { seedOf } from '../seed.js';
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
    {
      name: 'method',
      value: 'METHOD',
      choices: ['auto', 'theory', 'monte-carlo', 'exact'],
      description:
        'theory; monte-carlo, over many seeds; exact, as one seed has it; auto, by default: theory where it is good',
    },
    { name: 'seed', value: 'N', description: 'The seed of the simulation, of many the first; 0 by default' },
    {
      name: 'torch-build',
      value: 'BUILD',
      choices: ['plain', 'mkl'],
      description: 'How torch was built; mkl by default',
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
  const misfit = inputs.length === 1 && misfitOf(evaluated.model, inputs[0]!, it => modelFor(it, project, target));
  if (typeof misfit === 'string') return fail(`${written}: ${misfit}`, terminal);
  const report = finish(refinedReport(evaluated.model, refineOptions(given, evaluated, terminal)));
  if (typeof report === 'string') return fail(`${written}: ${report}`, terminal);
  const locate = locateIn(project, terminal.currentFolder);
  terminal.output.write(printed(report, given.value('format'), terminal, locate));
  return exitCode.clean;
}

function modelFor(shape: readonly number[], project: Project, target: string) {
  const evaluated = evaluateTarget(project, target, { inputs: [shape] });
  return 'error' in evaluated ? undefined : evaluated.model;
}

function refineOptions(given: Arguments, { draws, firstDraw }: EvaluatedTarget, terminal: Terminal): RefineOptions {
  return {
    method: (given.value('method') ?? 'auto') as Method,
    seed: seedOf(given.value('seed') ?? '0'),
    build: given.value('torch-build') === 'plain' ? 'plain' : 'mkl',
    sampler: samplerOf(terminal),
    construction: { draws, firstDraw },
  };
}

function finish<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
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
