/** `initlens weights`: the values that a seed will give every parameter. */
import { startDescriber } from '../../descriptions.js';
import { headerOf } from '../../features/safetensors.js';
import { drawWeights, evaluateForSeed, type UseBytes } from '../../features/weights.js';
import { FileFault, type FileSink, type Terminal } from '../../host.js';
import type { Model } from '../../target.js';
import { resolvePath } from '../../text/paths.js';
import { coloursFor } from '../colour.js';
import { type Command, exitCode } from '../command.js';
import type { Arguments } from '../options.js';
import { seedOf } from '../seed.js';
import { locateIn, openTarget, targetOptions } from '../target.js';
import { tableOf } from '../weights/rows.js';
import { weightsText } from '../weights/text.js';

export const weightsCommand: Command = {
  name: 'weights',
  usage: 'TARGET',
  summary: 'Draw the weights that torch.manual_seed(N) will give a network',
  options: [
    { name: 'seed', value: 'N', description: 'The seed; 0 by default' },
    { name: 'format', value: 'FORMAT', choices: ['text', 'json'], description: 'How to print them' },
    { name: 'out', value: 'FILE', description: 'Write all values to a safetensors file' },
    {
      name: 'torch-build',
      value: 'BUILD',
      choices: ['plain', 'mkl'],
      description: 'How torch was built; mkl by default',
    },
    ...targetOptions,
  ],
  positionals: [1, 1],
  run: showWeights,
};

async function showWeights(given: Arguments, terminal: Terminal): Promise<number> {
  const [written = ''] = given.positionals;
  const seed = seedOf(given.value('seed') ?? '0');
  const build = given.value('torch-build') === 'plain' ? 'plain' : 'mkl';
  // It takes as long to start as the network to be evaluated.
  const worker = startDescriber(terminal);
  const { project, target } = openTarget(written, given, terminal);
  const evaluated = evaluateForSeed(project, target, { seed, build }, terminal);
  const failed = (reason: string) => {
    worker?.stop();
    return fail(reason, terminal);
  };
  if ('error' in evaluated) return failed(evaluated.error);
  const out = openOut(given.value('out'), evaluated.model, terminal);
  if (typeof out === 'string') return failed(out);

  let missing: string | undefined;
  const use: UseBytes = (parameter, bytes) => {
    if (bytes === undefined) missing ??= parameter.name;
    else out?.write(bytes);
  };
  const weights = await drawWeights(evaluated, { seed, build }, terminal, use, worker);
  const table = tableOf(written, seed, weights, locateIn(project, terminal.currentFolder));
  const colours = coloursFor(terminal.output, terminal.environment);
  const isJson = given.value('format') === 'json';
  terminal.output.write(isJson ? `${JSON.stringify(table, undefined, 2)}\n` : weightsText(table, colours));
  const fault = out && closeOut(out, missing);
  return fault === undefined ? exitCode.clean : fail(`${given.value('out')}: ${fault}`, terminal);
}

function openOut(path: string | undefined, { parameters }: Model, terminal: Terminal): FileSink | string | undefined {
  if (path === undefined) return undefined;
  const open = parameters.find(it => it.shape === undefined || it.shape.some(size => typeof size !== 'number'));
  if (open !== undefined) return `${path}: the shape of \`${open.name}\` is not known`;
  const sink = terminal.createFile(resolvePath(terminal.currentFolder, path));
  if (sink instanceof FileFault) return `${path}: ${sink.message}`;
  sink.write(headerOf(parameters, terminal.encodeUtf8));
  return sink;
}

/** Why the file was not written. */
function closeOut(out: FileSink, missing: string | undefined): string | undefined {
  if (missing === undefined) return out.commit()?.message;
  out.discard();
  return `the values of \`${missing}\` are not known`;
}

function fail(message: string, terminal: Terminal): number {
  terminal.errors.write(`initlens: ${message}\n`);
  return exitCode.failed;
}
