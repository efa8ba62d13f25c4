/** Tells a server without a disk what the files of the workspace hold, and what becomes of them. */
import { Disposable, type Uri, workspace } from 'vscode';
import { State } from 'vscode-languageclient';
import { type FilesParams, filesNotification } from '../../server/lsp/protocol.js';
import type { Server } from '../server.js';

const pattern = '**/{*.py,pyproject.toml,initlens.toml,.gitignore}';

/** A workspace in a browser is read over the network; beyond this, imports of what is not open stay unknown. */
const mostFiles = 2000;
const filesAtOnce = 50;

export function shareFiles(server: Server): Disposable {
  const watcher = workspace.createFileSystemWatcher(pattern);
  const changed = (uri: Uri) => void tell(server, [uri]);
  return Disposable.from(
    watcher,
    watcher.onDidCreate(changed),
    watcher.onDidChange(changed),
    watcher.onDidDelete(changed),
    server.client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) void tellAll(server);
    }),
  );
}

async function tellAll(server: Server): Promise<void> {
  const uris = await workspace.findFiles(pattern, '**/{node_modules,.git,.venv}/**', mostFiles);
  for (let start = 0; start < uris.length; start += filesAtOnce) {
    await tell(server, uris.slice(start, start + filesAtOnce));
  }
}

async function tell(server: Server, uris: readonly Uri[]): Promise<void> {
  const params: FilesParams = { files: await Promise.all(uris.map(contentsOf)) };
  if (server.client.isRunning()) await server.client.sendNotification(filesNotification, params);
}

async function contentsOf(uri: Uri): Promise<FilesParams['files'][number]> {
  try {
    return { uri: uri.toString(), text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
  } catch {
    return { uri: uri.toString() };
  }
}
