/** What the bundle holds, in Node: the command line and the language server, which share nearly everything. */
import { type Given, startChecking } from '../cli/check/worker.js';
import { main } from '../cli/main.js';
import { keepSmall } from './engine.js';
import { createHost } from './host.js';
import { installation } from './installation.js';

export async function commandLine(args: readonly string[]): Promise<number> {
  return main(args, createHost(installation));
}

/** What a worker of the command line does. */
export function checker(given: Given): ReturnType<typeof startChecking> {
  return startChecking(given, createHost(installation));
}

/** Over the channel that the arguments name; the protocol's library is loaded only where it is spoken. */
export async function languageServer(): Promise<void> {
  keepSmall();
  const { createConnection, ProposedFeatures } = await import('vscode-languageserver/node');
  const { serve } = await import('../lsp/server.js');
  serve(createConnection(ProposedFeatures.all), createHost(installation));
}
