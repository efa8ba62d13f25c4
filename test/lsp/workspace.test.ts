/** Folders, files that are not open, configuration that changes, branch switches, documents that are no files. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type TemporaryFolder, temporaryFolder } from '../temporary.js';
import { Client } from './client.js';
import { derived, kaimingRelu, xavierRelu } from './samples.js';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function folderWith(files: Record<string, string>): TemporaryFolder {
  const folder = temporaryFolder(files);
  cleanups.push(() => folder.remove());
  return folder;
}

const uriIn = (folder: TemporaryFolder, name = '') => pathToFileURL(`${folder.path}/${name}`).href.replace(/\/$/, '');

/** `settings` are those under `initlens`, for every folder or by its URI. */
async function clientOf(
  folders: readonly TemporaryFolder[],
  settings: (scope: string | undefined) => unknown = () => ({}),
  capabilities: object = {},
): Promise<Client> {
  const client = new Client();
  cleanups.push(() => client.kill());
  client.answers.set('workspace/configuration', ({ items }) =>
    items.map((it: { scopeUri?: string }) => settings(it.scopeUri)),
  );
  await client.initialize({
    workspaceFolders: folders.map(it => ({ uri: uriIn(it), name: 'folder' })),
    capabilities: {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
      },
      ...capabilities,
    },
  });
  return client;
}

const changedFiles = (...uris: string[]) => ({ changes: uris.map(uri => ({ uri, type: 2 })) });
const codes = (diagnostics: { code: string }[]) => [...new Set(diagnostics.map(it => it.code))];

test('the server registers for changes of files and of settings', async () => {
  const client = await clientOf([folderWith({})]);
  const registered = () => client.messages.filter(it => it.method === 'client/registerCapability');
  await client.until(() => (registered().length >= 2 ? true : undefined));
  const methods = registered().flatMap(it => it.params.registrations.map((r: { method: string }) => r.method));
  assert.ok(methods.includes('workspace/didChangeWatchedFiles'));
  assert.ok(methods.includes('workspace/didChangeConfiguration'));
});

test('the editor’s settings are asked for, and hold at once when they change', async () => {
  let settings: object = { ignore: ['gain-mismatch'] };
  const folder = folderWith({});
  const client = await clientOf([folder], () => settings);
  const uri = uriIn(folder, 'net.py');
  client.open(uri, xavierRelu);
  assert.deepEqual(await client.diagnostics(uri, 1), []);
  settings = { severity: { 'gain-mismatch': 'hint' } };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  const [hint] = await client.until(
    () => client.published(uri).findLast(it => it.params.diagnostics.length > 0)?.params.diagnostics,
  );
  assert.equal(hint.severity, 4);
  settings = { enable: false };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.until(() => (client.published(uri).at(-1)?.params.diagnostics.length === 0 ? true : undefined));
});

test('the project’s file goes before the editor, is watched, and is told what is wrong in it', async () => {
  const folder = folderWith({ 'initlens.toml': 'ignore = ["gain-mismatch"]\n' });
  const client = await clientOf([folder]);
  const uri = uriIn(folder, 'net.py');
  const toml = uriIn(folder, 'initlens.toml');
  client.open(uri, xavierRelu);
  assert.deepEqual(await client.diagnostics(uri, 1), []);
  folder.write('initlens.toml', 'ignore = ["gain-mismtch"]\n');
  client.notify('workspace/didChangeWatchedFiles', changedFiles(toml));
  await client.until(() => client.published(uri).findLast(it => it.params.diagnostics.length > 0));
  const [problem] = await client.diagnostics(toml);
  assert.match(problem.message, /there is no rule `gain-mismtch`/);
  assert.deepEqual(problem.range, { start: { line: 0, character: 10 }, end: { line: 0, character: 24 } });
  folder.write('initlens.toml', 'ignore = ["gain-mismatch"]\n');
  client.notify('workspace/didChangeWatchedFiles', changedFiles(toml));
  await client.until(() => (client.published(toml).at(-1)?.params.diagnostics.length === 0 ? true : undefined));
});

test('a configuration that is being edited holds before it is saved, and is told what is wrong in it', async () => {
  const folder = folderWith({ 'pyproject.toml': '' });
  const client = await clientOf([folder]);
  const uri = uriIn(folder, 'net.py');
  const toml = uriIn(folder, 'pyproject.toml');
  client.open(toml, '[tool.initlens]\nselekt = []\n', 1, 'toml');
  const [problem] = await client.until(() => {
    const told = client.published(toml).at(-1)?.params.diagnostics;
    return told?.length > 0 ? told : undefined;
  });
  assert.match(problem.message, /`selekt`: unknown key/);
  client.open(uri, xavierRelu);
  assert.deepEqual(codes(await client.diagnostics(uri, 1)), ['gain-mismatch']);
  client.change(toml, 2, { text: '[tool.initlens]\nignore = ["gain-mismatch"]\n' });
  await client.until(() => (client.published(uri).at(-1)?.params.diagnostics.length === 0 ? true : undefined));
  assert.deepEqual(client.published(toml).at(-1)?.params.diagnostics, []);
  client.notify('textDocument/didClose', { textDocument: { uri: toml } });
  await client.until(() => (client.published(uri).at(-1)?.params.diagnostics.length === 1 ? true : undefined));
});

test('an edit of a base class reaches the open file that uses it', async () => {
  const base = xavierRelu.replace('class Net', 'class Base');
  const folder = folderWith({ 'base.py': base, 'derived.py': derived });
  const client = await clientOf([folder]);
  const model = `${derived.replace('    pass\n', '')}    def extra(self):\n        self.no_such.bias.data.zero_()\n`;
  const uri = uriIn(folder, 'derived.py');
  const baseUri = uriIn(folder, 'base.py');
  client.open(uri, model);
  const before = (await client.diagnostics(uri, 1)).length;
  client.open(baseUri, base);
  client.change(baseUri, 2, {
    text: base.replace('self.out = ', 'self.no_such = nn.Linear(3, 3, bias=False)\n        self.out = '),
  });
  await client.until(() => client.published(uri).find(it => it.params.diagnostics.length !== before));
});

test('a branch switch with many files is taken in once', async () => {
  const files = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`m${index}.py`, kaimingRelu]));
  const folder = folderWith(files);
  const client = await clientOf([folder], () => ({ workspace: 'workspace' }));
  const uris = Object.keys(files).map(it => uriIn(folder, it));
  await client.until(() =>
    client.messages.findLast(it => it.method === 'initlens/status' && it.params.state === 'ready'),
  );
  for (const name of Object.keys(files)) folder.write(name, xavierRelu);
  for (const uri of uris) client.notify('workspace/didChangeWatchedFiles', changedFiles(uri));
  await client.until(() => (uris.every(it => client.published(it).length > 0) ? true : undefined), 60_000);
  for (const uri of uris) assert.equal(client.published(uri).length, 1);
});

test('the whole workspace: files that are not open, that come and go', async () => {
  const folder = folderWith({
    'a.py': xavierRelu,
    'b.py': kaimingRelu,
    '.gitignore': 'skip/\n',
    'skip/c.py': xavierRelu,
  });
  const client = await clientOf([folder], () => ({ workspace: 'workspace' }));
  const uri = uriIn(folder, 'a.py');
  assert.deepEqual(codes(await client.diagnostics(uri)), ['gain-mismatch']);
  client.open(uri, kaimingRelu);
  assert.deepEqual(await client.diagnostics(uri, 1), []);
  client.notify('textDocument/didClose', { textDocument: { uri } });
  await client.until(() => (client.published(uri).at(-1)?.params.diagnostics.length > 0 ? true : undefined));
  rmSync(`${folder.path}/a.py`);
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 3 }] });
  await client.until(() => (client.published(uri).at(-1)?.params.diagnostics.length === 0 ? true : undefined));
  assert.deepEqual(client.published(uriIn(folder, 'skip/c.py')), []);
});

test('only open files: closing clears', async () => {
  const folder = folderWith({ 'a.py': xavierRelu, 'b.py': xavierRelu });
  const client = await clientOf([folder]);
  const uri = uriIn(folder, 'a.py');
  client.open(uri, xavierRelu);
  assert.ok((await client.diagnostics(uri, 1)).length > 0);
  client.notify('textDocument/didClose', { textDocument: { uri } });
  await client.until(() => (client.published(uri).at(-1)?.params.diagnostics.length === 0 ? true : undefined));
  assert.deepEqual(client.published(uriIn(folder, 'b.py')), []);
});

test('several folders, each with its own settings; folders come and go', async () => {
  const quiet = folderWith({});
  const loud = folderWith({});
  const isQuiet = (scope: string | undefined) => scope === uriIn(quiet);
  const client = await clientOf([quiet, loud], scope => (isQuiet(scope) ? { ignore: ['gain-mismatch'] } : {}));
  client.open(uriIn(quiet, 'a.py'), xavierRelu);
  client.open(uriIn(loud, 'a.py'), xavierRelu);
  assert.deepEqual(await client.diagnostics(uriIn(quiet, 'a.py'), 1), []);
  assert.ok((await client.diagnostics(uriIn(loud, 'a.py'), 1)).length > 0);
  const event = { added: [], removed: [{ uri: uriIn(quiet), name: 'quiet' }] };
  client.notify('workspace/didChangeWorkspaceFolders', { event });
  await client.until(() => client.published(uriIn(quiet, 'a.py')).find(it => it.params.diagnostics.length > 0));
});

test('documents that are not saved, and copies from git', async () => {
  const client = await clientOf([folderWith({})]);
  client.open('untitled:Untitled-1', xavierRelu);
  assert.deepEqual(codes(await client.diagnostics('untitled:Untitled-1', 1)), ['gain-mismatch']);
  const copy = 'git:/w/net.py?%7B%22ref%22%3A%22HEAD%22%7D';
  client.open(copy, xavierRelu);
  client.open('untitled:Untitled-2', kaimingRelu);
  await client.diagnostics('untitled:Untitled-2', 1);
  assert.deepEqual(client.published(copy), []);
  const position = { line: 10, character: 25 };
  const { result } = await client.request('textDocument/hover', { textDocument: { uri: copy }, position });
  assert.match(result.contents.value, /xavier_normal_/);
});

const pulling = { textDocument: { diagnostic: {} } };

test('a client that pulls is not pushed to, and is told when nothing changed', async () => {
  const folder = folderWith({});
  const client = await clientOf([folder], undefined, pulling);
  const uri = uriIn(folder, 'net.py');
  client.open(uri, xavierRelu);
  const textDocument = { uri };
  const { result } = await client.request('textDocument/diagnostic', { textDocument });
  assert.equal(result.kind, 'full');
  assert.deepEqual(codes(result.items), ['gain-mismatch']);
  const again = await client.request('textDocument/diagnostic', { textDocument, previousResultId: result.resultId });
  assert.equal(again.result.kind, 'unchanged');
  client.change(uri, 2, { text: kaimingRelu });
  const clean = await client.request('textDocument/diagnostic', { textDocument, previousResultId: result.resultId });
  assert.deepEqual(clean.result.items, []);
  assert.deepEqual(client.published(uri), []);
});

test('the workspace is pulled whole where it is wanted', async () => {
  const folder = folderWith({ 'a.py': xavierRelu, 'b.py': kaimingRelu });
  const client = new Client();
  cleanups.push(() => client.kill());
  await client.initialize({
    workspaceFolders: [{ uri: uriIn(folder), name: 'folder' }],
    capabilities: pulling,
    initializationOptions: { settings: { workspace: 'workspace' } },
  });
  const { result } = await client.request('workspace/diagnostic', { previousResultIds: [] });
  const counts = result.items.map((it: { uri: string; items: unknown[] }) => [it.uri, it.items.length > 0]);
  assert.deepEqual(counts, [
    [uriIn(folder, 'a.py'), true],
    [uriIn(folder, 'b.py'), false],
  ]);
  const previousResultIds = result.items.map((it: { uri: string; resultId: string }) => ({
    uri: it.uri,
    value: it.resultId,
  }));
  const again = await client.request('workspace/diagnostic', { previousResultIds });
  assert.deepEqual([...new Set(again.result.items.map((it: { kind: string }) => it.kind))], ['unchanged']);
});

const helper = `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 3)

    def forward(self, x):
        return self.fc(x)


def init_weights(m):
    if type(m) == nn.Linear:
        nn.init.kaiming_uniform_(m.weight)
`;

test('files are asked who calls an initializer when there is time, not before the answer', async () => {
  const others = Array.from({ length: 200 }, (_, i) => [`other${i}.py`, `def f${i}(x):\n    return x\n`]);
  const folder = folderWith({ 'net.py': helper, ...Object.fromEntries(others) });
  const client = await clientOf([folder]);
  const uri = uriIn(folder, 'net.py');
  const caller = uriIn(folder, 'other7.py');
  const isTold = () => codes(client.published(uri).at(-1)?.params.diagnostics ?? []).includes('unused-initializer');
  client.open(uri, helper);
  assert.deepEqual(codes(await client.diagnostics(uri, 1)), []);
  await client.until(() => isTold() || undefined);
  client.change(uri, 2, { text: `${helper}\n` });
  assert.deepEqual(codes(await client.diagnostics(uri, 2)), ['unused-initializer'], 'an edit keeps what is known');
  folder.write('other7.py', 'from net import Net, init_weights\n\nNet().apply(init_weights)\n');
  client.notify('workspace/didChangeWatchedFiles', changedFiles(caller));
  await client.until(() => !isTold() || undefined);
  folder.write('other7.py', 'from net import Net, init_weights\n\nNet()\n');
  client.notify('workspace/didChangeWatchedFiles', changedFiles(caller));
  await client.until(() => isTold() || undefined);
  const unsaved = 'from net import Net, init_weights\n\nNet()\n';
  client.open(caller, unsaved);
  client.change(caller, 2, { text: `${unsaved}Net().apply(init_weights)\n` });
  await client.until(() => !isTold() || undefined);
  client.change(caller, 3, { text: unsaved });
  await client.until(() => isTold() || undefined);
});
