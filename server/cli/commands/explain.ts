/** `initlens explain`: the page of a rule. */
import { allRules, ruleNames } from '../../features/rulebook.js';
import type { Terminal } from '../../host.js';
import { type Command, exitCode } from '../command.js';
import { type Arguments, closest, UsageError } from '../options.js';

export const explainCommand: Command = {
  name: 'explain',
  usage: 'RULE',
  summary: 'Tell what a rule finds, why it matters and what to write instead',
  options: [],
  positionals: [1, 1],
  run: explain,
};

async function explain({ positionals: [id = ''] }: Arguments, terminal: Terminal): Promise<number> {
  const page = terminal.rulePage(id);
  if (page === undefined) throw new UsageError(unknownRule(id));
  terminal.output.write(page.endsWith('\n') ? page : `${page}\n`);
  return exitCode.clean;
}

function unknownRule(id: string): string {
  const nearest = closest(id, [...ruleNames]);
  if (nearest !== undefined) return `there is no rule ${id}; is ${nearest} meant?`;
  return `there is no rule ${id}; there are ${allRules.map(it => it.id).join(', ')}`;
}
