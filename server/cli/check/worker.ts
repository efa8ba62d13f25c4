/** What a worker does for `check`: the same analysis as the process that started it, for the files that it is sent. */
import type { Terminal } from '../../host.js';
import { Arguments } from '../options.js';
import { configurationsFor } from './configurations.js';
import { type Checked, CheckSession } from './session.js';

/** How the command was called, as it crosses to a worker. */
export type Given = Pick<Arguments, 'positionals' | 'values'>;

export function startChecking(given: Given, terminal: Terminal): (paths: readonly string[]) => readonly Checked[] {
  const args = new Arguments(given.positionals, given.values);
  const session = new CheckSession(terminal, args, configurationsFor(args, terminal));
  return paths => paths.map(path => session.check(path));
}
