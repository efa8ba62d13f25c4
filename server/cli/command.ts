/** What a command of `initlens` is, and how it ends. */
import type { Terminal } from '../host.js';
import type { Arguments, Option } from './options.js';

export interface Command {
  readonly name: string;
  /** What follows the name: `[PATH…]`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly Option[];
  /** How many positional arguments it takes. */
  readonly positionals: readonly [least: number, most: number];
  run(given: Arguments, terminal: Terminal): Promise<number>;
}

export const exitCode = {
  clean: 0,
  /** Errors or warnings were found. */
  findings: 1,
  /** The work could not be done. */
  failed: 2,
  /** Ctrl-C, as shells count it. */
  interrupted: 130,
} as const;
