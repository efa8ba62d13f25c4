/** `initlens model`: the table of what every parameter of a network starts from. */
import { evaluateTarget } from '../../analyze.js';
import type { Terminal } from '../../host.js';
import { coloursFor } from '../colour.js';
import { type Command, exitCode } from '../command.js';
import { tableOf } from '../model/rows.js';
import { tableText } from '../model/table.js';
import type { Arguments } from '../options.js';
import { locateIn, openTarget, targetOptions } from '../target.js';

export const modelCommand: Command = {
  name: 'model',
  usage: 'TARGET',
  summary:
    'Show what every parameter of a network starts from; TARGET is path/to/file.py::Net(…) or package.module::Net(…)',
  options: [
    { name: 'format', value: 'FORMAT', choices: ['text', 'json'], description: 'How to print the table' },
    {
      name: 'symbols',
      description: 'Take symbols for arguments that TARGET has to give and does not: sizes are formulas',
    },
    ...targetOptions,
  ],
  positionals: [1, 1],
  run: showModel,
};

/** What a class of sizes that it has to be given can still be asked. */
const hintOn = (error: string): string =>
  error.includes('missing a required argument') ? '; with --symbols it is a symbol in the table' : '';

async function showModel(given: Arguments, terminal: Terminal): Promise<number> {
  const [written = ''] = given.positionals;
  const { project, target } = openTarget(written, given, terminal);
  const symbols = given.has('symbols');
  const result = evaluateTarget(project, target, { symbols });
  if ('error' in result) {
    terminal.errors.write(`initlens: ${result.error}${symbols ? '' : hintOn(result.error)}\n`);
    return exitCode.failed;
  }
  const table = tableOf(written, result.model, locateIn(project, terminal.currentFolder));
  const isJson = given.value('format') === 'json';
  const colours = coloursFor(terminal.output, terminal.environment);
  terminal.output.write(isJson ? `${JSON.stringify(table, undefined, 2)}\n` : tableText(table, colours));
  return exitCode.clean;
}
