/** Tells a server without a disk what the files of the workspace hold, and what becomes of them. */
import { Disposable, type Uri, workspace } from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { type FilesParams, filesNotification } from '../../server/lsp/protocol.js';

const pattern = '**/{*.py,pyproject.toml,initlens.toml,.gitignore}';

/** A workspace in a browser is read over the network; beyond this, imports of what is not open stay unknown. */
const mostFiles = 2000;
const filesAtOnce = 50;

export function shareFiles(client: BaseLanguageClient): Disposable {
  const watcher = workspace.createFileSystemWatcher(pattern);
  const changed = (uri: Uri) => void tell(client, [uri]);
  return Disposable.from(
    watcher,
    watcher.onDidCreate(changed),
    watcher.onDidChange(changed),
    watcher.onDidDelete(changed),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) void tellAll(client);
    }),
  );
}

async function tellAll(client: BaseLanguageClient): Promise<void> {
  const uris = await workspace.findFiles(pattern, '**/{node_modules,.git,.venv}/**', mostFiles);
  for (let start = 0; start < uris.length; start += filesAtOnce) {
    await tell(client, uris.slice(start, start + filesAtOnce));
  }
}

async function tell(client: BaseLanguageClient, uris: readonly Uri[]): Promise<void> {
  const params: FilesParams = { files: await Promise.all(uris.map(contentsOf)) };
  if (client.isRunning()) await client.sendNotification(filesNotification, params);
}

async function contentsOf(uri: Uri): Promise<FilesParams['files'][number]> {
  try {
    return { uri: uri.toString(), text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
  } catch {
    return { uri: uri.toString() };
  }
}
