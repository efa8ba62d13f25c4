/** Runs a command and waits for it; the caller reads the exit status, and the output where it is kept. */
import { spawn } from 'node:child_process';

const isWindows = process.platform === 'win32';

/** Standard output goes to the terminal, and into the result. */
export async function run(command, args = [], { env = {}, cwd } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: isWindows,
  });
  const pieces = [];
  child.stdout.on('data', piece => {
    pieces.push(piece);
    process.stdout.write(piece);
  });
  const status = await new Promise(resolve => {
    child.once('close', resolve);
    child.once('error', () => resolve(127));
  });
  return { status, output: Buffer.concat(pieces).toString('utf8') };
}

/** For steps without which nothing else makes sense. */
export async function need(command, args, options) {
  const result = await run(command, args, options);
  if (result.status === 0) return result;
  console.error(`${[command, ...args].join(' ')} ended with ${result.status}`);
  process.exit(result.status);
}
