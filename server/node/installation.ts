/** Where the program lies, bundled in `dist` or as source, and how it serves an editor. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keepSmall } from './engine.js';
import { createHost, type Installation } from './host.js';

const here = dirname(realpathSync(process.argv[1] ?? process.cwd()));

/** Source has its kernels and its workers from the last build. */
const built = existsSync(join(here, 'kernel')) ? here : join(here, '../../dist');

export const installation: Installation = {
  version: versionAbove(here),
  rulesFolder: [join(here, 'rules'), join(here, '../rules')].find(existsSync) ?? here,
  kernelFolder: join(built, 'kernel'),
  workerProgram: join(built, 'worker.js'),
  checkerProgram: join(built, 'checker.js'),
  dawnFolder: join(built, 'webgpu'),
  serve: serveOnStandardStreams,
};

/** The protocol's library is loaded only where it is spoken. */
async function serveOnStandardStreams(): Promise<void> {
  keepSmall();
  const { createConnection, ProposedFeatures } = await import('vscode-languageserver/node');
  const { serve } = await import('../lsp/server.js');
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  serve(connection, createHost(installation));
  await new Promise<void>(resolve => connection.onExit(resolve));
}

function versionAbove(folder: string): string {
  const path = join(folder, 'package.json');
  if (existsSync(path)) return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
  return folder === dirname(folder) ? '0.0.0' : versionAbove(dirname(folder));
}
