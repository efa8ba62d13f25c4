/** The text of `--help`, made from the tables of commands and options. */
import type { Command } from './command.js';
import type { Option } from './options.js';

export function helpOverview(commands: readonly Command[]): string {
  const rows = commands.map(it => [`  ${it.name} ${it.usage}`, it.summary] as const);
  return [
    'InitLens reads PyTorch model code and works out what every parameter starts from.',
    '',
    'Usage: initlens COMMAND',
    '',
    'Commands:',
    ...columns(rows),
    '',
    'Options:',
    ...columns([
      ['  --help', 'Show this text; behind a command, its options'],
      ['  --version', 'Show the version'],
    ]),
    '',
  ].join('\n');
}

export function helpFor(command: Command): string {
  const options = command.options.map(it => [`  ${optionText(it)}`, it.description] as const);
  return [
    command.summary,
    '',
    `Usage: initlens ${command.name} ${command.usage}`.trimEnd(),
    '',
    'Options:',
    ...columns([...options, ['  --help', 'Show this text']]),
    '',
  ].join('\n');
}

function optionText({ name, short, value, choices }: Option): string {
  const long = value === undefined ? `--${name}` : `--${name} ${choices?.join('|') ?? value}`;
  return short === undefined ? long : `-${short}, ${long}`;
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `${left.padEnd(width)}${right}`);
}
