/** `initlens server`: the language server, for editors that start it themselves. */
import type { Terminal } from '../../host.js';
import { type Command, exitCode } from '../command.js';
import { type Arguments, UsageError } from '../options.js';

export const serverCommand: Command = {
  name: 'server',
  usage: '--stdio',
  summary: 'Speak the language server protocol on standard input and output',
  options: [{ name: 'stdio', description: 'The one way it speaks' }],
  positionals: [0, 0],
  run: serve,
};

async function serve(given: Arguments, terminal: Terminal): Promise<number> {
  if (!given.has('stdio')) throw new UsageError('usage: initlens server --stdio');
  await terminal.serve();
  return exitCode.clean;
}
