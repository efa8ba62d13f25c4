/** What the bundle holds, in Node: the command line and the language server, which share nearly everything. */
import { type Given, startChecking } from '../cli/check/worker.js';
import { main } from '../cli/main.js';
import { createHost } from './host.js';
import { installation } from './installation.js';
import { serveOnChannel } from './serve.js';

export async function commandLine(args: readonly string[]): Promise<number> {
  return main(args, createHost(installation));
}

/** What a worker of the command line does. */
export function checker(given: Given): ReturnType<typeof startChecking> {
  return startChecking(given, createHost(installation));
}

export async function languageServer(): Promise<void> {
  await serveOnChannel(createHost(installation));
}
