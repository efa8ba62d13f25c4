/** Notebooks in an editor: cells are documents outside and one program inside. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from './client.js';

const notebook = 'file:///w/net.ipynb';
const cell = (name: string) => `vscode-notebook-cell:/w/net.ipynb#${name}`;
let client: Client;
let version = 1;

const texts = {
  a: '%matplotlib inline\nfrom torch import nn',
  b: 'net = nn.Linear(3, 4)',
  c: "'😀'\nnn.init.xavier_uniform(net.weight)\nnn.init.zeros_(net.bias)",
};

before(async () => {
  client = new Client();
  const { result } = await client.initialize();
  const [selector] = result.capabilities.notebookDocumentSync.notebookSelector;
  assert.deepEqual(selector, { notebook: { notebookType: 'jupyter-notebook' }, cells: [{ language: 'python' }] });
  client.notify('notebookDocument/didOpen', {
    notebookDocument: {
      uri: notebook,
      notebookType: 'jupyter-notebook',
      version: 1,
      cells: Object.keys(texts).map(name => ({ kind: 2, document: cell(name) })),
    },
    cellTextDocuments: Object.entries(texts).map(([name, text]) => ({
      uri: cell(name),
      languageId: 'python',
      version: 1,
      text,
    })),
  });
});

after(async () => assert.equal(await client.stop(), 0));

function edit(name: string, range: object, text: string): void {
  const document = { uri: cell(name), version: ++version };
  const change = { cells: { textContent: [{ document, changes: [{ range, text }] }] } };
  client.notify('notebookDocument/didChange', { notebookDocument: { uri: notebook, version }, change });
}

const lineRange = (line: number, start: number, end: number) => ({
  start: { line, character: start },
  end: { line, character: end },
});

async function codes(name: string, expected: readonly string[]): Promise<void> {
  const isSo = (params: { diagnostics: { code: string }[] }) =>
    JSON.stringify(params.diagnostics.map(it => it.code)) === JSON.stringify(expected);
  await client.until(() => {
    const last = client.published(cell(name)).at(-1);
    return last !== undefined && isSo(last.params) ? true : undefined;
  });
}

test('a finding is told in its cell, by the lines of the cell', async () => {
  await codes('c', ['deprecated-initializer']);
  const [diagnostic] = await client.diagnostics(cell('c'));
  assert.deepEqual(diagnostic.range, lineRange(1, 8, 22));
  assert.deepEqual(await client.diagnostics(cell('b')), []);
  assert.deepEqual(client.published(notebook), []);
});

test('a hover is answered for the cell', async () => {
  const textDocument = { uri: cell('c') };
  const { result } = await client.request('textDocument/hover', { textDocument, position: { line: 2, character: 10 } });
  assert.match(result.contents.value, /bias.*`zeros_` cell 3, line 3/s);
  assert.equal(result.range.start.line, 2);
});

test('a quick fix edits the cell, and other cells have none of it', async () => {
  const context = { diagnostics: [], only: ['quickfix'] };
  const range = lineRange(1, 10, 10);
  const { result } = await client.request('textDocument/codeAction', {
    textDocument: { uri: cell('c') },
    range,
    context,
  });
  const [preferred] = result.filter((it: { isPreferred?: boolean }) => it.isPreferred);
  assert.deepEqual(Object.keys(preferred.edit.changes), [cell('c')]);
  assert.equal(preferred.edit.changes[cell('c')][0].range.start.line, 1);
  const elsewhere = { textDocument: { uri: cell('b') }, range: lineRange(0, 3, 3), context };
  assert.deepEqual((await client.request('textDocument/codeAction', elsewhere)).result, []);
});

test('fix all is for the notebook, and only by its own kind', async () => {
  const ask = async (kind: string) => {
    const params = { range: lineRange(0, 0, 0), context: { diagnostics: [], only: [kind] } };
    return (await client.request('textDocument/codeAction', { textDocument: { uri: cell('a') }, ...params })).result;
  };
  assert.deepEqual(await ask('source.fixAll'), []);
  assert.deepEqual(await ask('source.fixAll.initlens'), []);
  const [action] = await ask('notebook.source.fixAll.initlens');
  assert.equal(action.kind, 'notebook.source.fixAll.initlens');
  const at = { start: { line: 1, character: 22 }, end: { line: 1, character: 22 } };
  assert.deepEqual(action.edit.changes, { [cell('c')]: [{ range: at, newText: '_' }] });
});

test('a syntax error silences its cell, an edit of another cell counts', async () => {
  edit('c', lineRange(2, 0, 0), 'nn.init.zeros(');
  await codes('c', []);
  edit('c', lineRange(2, 0, 14), '');
  await codes('c', ['deprecated-initializer']);
  edit('a', lineRange(1, 5, 10), 'other');
  await codes('c', []);
  edit('a', lineRange(1, 5, 10), 'torch');
  await codes('c', ['deprecated-initializer']);
});

test('cells come, and take their findings with them when they go', async () => {
  const added = cell('d');
  const structure = (array: object, more: object) => {
    const change = { cells: { structure: { array, ...more } } };
    client.notify('notebookDocument/didChange', { notebookDocument: { uri: notebook, version: ++version }, change });
  };
  const text = 'nn.init.normal(net.weight)';
  structure(
    { start: 3, deleteCount: 0, cells: [{ kind: 2, document: added }] },
    { didOpen: [{ uri: added, languageId: 'python', version: 1, text }] },
  );
  await codes('d', ['deprecated-initializer']);
  structure({ start: 3, deleteCount: 1 }, { didClose: [{ uri: added }] });
  await codes('d', []);
});

test('the Interactive window is left alone', async () => {
  const interactive = 'vscode-notebook-cell:/Interactive-1.interactive#x';
  client.open(interactive, `${texts.a.replace('%matplotlib inline\n', '')}\n${texts.b}\n${texts.c}`);
  const ordinary = 'file:///w/plain.py';
  client.open(ordinary, `from torch import nn\n${texts.b}\n${texts.c}`);
  assert.ok((await client.diagnostics(ordinary, 1)).length > 0);
  assert.deepEqual(client.published(interactive), []);
});

test('closing clears every cell', async () => {
  const cellTextDocuments = Object.keys(texts).map(name => ({ uri: cell(name) }));
  client.notify('notebookDocument/didClose', { notebookDocument: { uri: notebook }, cellTextDocuments });
  await codes('c', []);
});

test('a lens in a cell leads to the cell', async () => {
  const other = new Client();
  await other.initialize({ initializationOptions: { panels: true } });
  const texts = [
    'from torch import nn',
    'class Net(nn.Module):\n  def __init__(self):\n    super().__init__()\n    self.a = nn.Linear(3, 4)\n  def forward(self, x):\n    return self.a(x)',
  ];
  const documents = texts.map((text, index) => ({ uri: cell(String(index)), languageId: 'python', version: 1, text }));
  other.notify('notebookDocument/didOpen', {
    notebookDocument: {
      uri: notebook,
      notebookType: 'jupyter-notebook',
      version: 1,
      cells: documents.map(it => ({ kind: 2, document: it.uri })),
    },
    cellTextDocuments: documents,
  });
  const { result: lenses } = await other.request('textDocument/codeLens', { textDocument: { uri: cell('1') } });
  const signal = lenses.find((it: { command: { title: string } }) => it.command.title === 'signal');
  assert.deepEqual(signal.command.arguments, [cell('1'), 'Net']);
  const { result } = await other.request('initlens/signal', { textDocument: { uri: signal.command.arguments[0] } });
  assert.deepEqual(result.networks[0].place, {
    uri: cell('1'),
    range: { start: { line: 0, character: 0 }, end: { line: 5, character: 20 } },
  });
  assert.equal(result.layers[1].place.uri, cell('1'));
  assert.equal(await other.stop(), 0);
});
