/** Starts programs cold, and takes their time. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './figures.js';

export const program = (name: string) => fileURLToPath(new URL(`../../../dist/${name}`, import.meta.url));
export const initlens = [process.execPath, program('cli.js')] as const;

const MODULES = '/usr/lib/python3/dist-packages';
/** What the figures speak of; Debian's python3-torchvision brings it. */
export const torchvision = `${MODULES}/torchvision/models`;

/** The median wall time in milliseconds of each command: they take turns, so that what disturbs one disturbs all. */
export function coldTimes(commands: readonly (readonly string[])[], rounds = 3): readonly number[] {
  const samples = commands.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, command] of commands.entries()) samples[i]!.push(timeOf(command));
  }
  return samples.map(median);
}

function timeOf([command, ...args]: readonly string[]): number {
  const start = performance.now();
  const { error, signal } = spawnSync(command!, args, { stdio: 'ignore', cwd: '/' });
  if (error !== undefined || signal !== null) throw new Error(`${command} ${args.join(' ')}: ${error ?? signal}`);
  return performance.now() - start;
}
