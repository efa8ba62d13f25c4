/** Runs the built command line as a process, as a person would; `npm test` builds it first. */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  /** User to run as, where the tests run as root. */
  readonly uid?: number;
}

export function initlens(args: readonly string[], { cwd, input, environment, uid }: RunOptions): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    encoding: 'utf8',
    timeout: 120_000,
    env: { PATH: process.env.PATH ?? '', NO_COLOR: '', ...environment },
    ...(input !== undefined && { input }),
    ...(uid !== undefined && { uid }),
  });
  return { code: status, output: stdout, errors: stderr };
}

/** Started and not waited for. */
export function started(args: readonly string[], cwd: string) {
  return spawn(process.execPath, [program, ...args], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
}

// biome-ignore lint/suspicious/noExplicitAny: the report's shape is what the tests look at
export function report(ended: Ended): any {
  return JSON.parse(ended.output);
}
