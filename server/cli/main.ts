/** The command line: `main` finds the command, reads its arguments and answers with the exit code. */
import type { Terminal } from '../host.js';
import { type Command, exitCode } from './command.js';
import { checkCommand } from './commands/check.js';
import { devicesCommand } from './commands/devices.js';
import { drawCommand } from './commands/draw.js';
import { explainCommand } from './commands/explain.js';
import { modelCommand } from './commands/model.js';
import { propagateCommand } from './commands/propagate.js';
import { serverCommand } from './commands/server.js';
import { weightsCommand } from './commands/weights.js';
import { helpFor, helpOverview } from './help.js';
import { closest, readArguments, UsageError } from './options.js';

const commands: readonly Command[] = [
  checkCommand,
  modelCommand,
  propagateCommand,
  weightsCommand,
  drawCommand,
  devicesCommand,
  explainCommand,
  serverCommand,
];

export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (error instanceof UsageError) return fail(error.message, terminal);
    return fail(error instanceof Error ? (error.stack ?? error.message) : String(error), terminal);
  } finally {
    await terminal.output.flush();
  }
}

async function dispatch([name, ...args]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === '--version' || name === '-V') return print(`initlens ${terminal.version}\n`, terminal);
  if (name === '--help' || name === '-h' || name === 'help') return print(helpOverview(commands), terminal);
  if (name === undefined) throw new UsageError(`a command is missing; initlens --help shows them`);
  const command = commands.find(it => it.name === name);
  if (command === undefined) throw new UsageError(`there is no command ${name}${meant(name)}`);
  if (asksForHelp(args)) return print(helpFor(command), terminal);
  return runCommand(command, args, terminal);
}

async function runCommand(command: Command, args: readonly string[], terminal: Terminal): Promise<number> {
  const given = readArguments(args, command.options);
  const [least, most] = command.positionals;
  const count = given.positionals.length;
  if (count < least || count > most) throw new UsageError(`usage: initlens ${command.name} ${command.usage}`);
  return command.run(given, terminal);
}

/** Behind `--` everything is a name. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

function meant(name: string): string {
  const nearest = closest(
    name,
    commands.map(it => it.name),
  );
  return nearest === undefined ? '; initlens --help shows them' : `; is ${nearest} meant?`;
}

function print(text: string, terminal: Terminal): number {
  terminal.output.write(text);
  return exitCode.clean;
}

function fail(message: string, terminal: Terminal): number {
  terminal.errors.write(`initlens: ${message}\n`);
  return exitCode.failed;
}
