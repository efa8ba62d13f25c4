/** What no client should send, and the server must outlive. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { hostile } from '../hostile.js';
import { Client } from './client.js';
import { kaimingRelu, xavierRelu } from './samples.js';

const uri = 'file:///w/net.py';
let client: Client;

beforeEach(async () => {
  client = new Client();
  await client.initialize();
});

afterEach(() => client.kill());

/** It still does its work. */
async function assertAlive(): Promise<void> {
  const other = 'file:///w/alive.py';
  client.open(other, xavierRelu);
  const diagnostics = await client.diagnostics(other, 1);
  assert.ok(diagnostics.length > 0);
}

test('a body that is no JSON', async () => {
  client.sendText('{"jsonrpc": "2.0", oops');
  await assertAlive();
});

test('a header that names no length', async () => {
  client.sendBytes(Buffer.from('Content-Type: nonsense\r\n\r\n'));
  // What comes in one piece with it is read when the next piece comes.
  const nudge = setInterval(() => client.notify('$/nudge', {}), 20);
  await assertAlive().finally(() => clearInterval(nudge));
});

test('messages that are no objects, have no method, or parameters of the wrong kind', async () => {
  for (const message of [[], 7, null, 'text', {}, { jsonrpc: '2.0', id: 1000 }]) client.send(message);
  for (const params of [null, 5, [], {}, { textDocument: null }, { textDocument: { uri: 5 } }]) {
    client.notify('textDocument/didOpen', params);
    client.notify('textDocument/didChange', params);
    client.notify('textDocument/didClose', params);
    client.notify('workspace/didChangeWatchedFiles', params);
    client.notify('workspace/didChangeConfiguration', params);
    client.ask('textDocument/hover', params);
    client.ask('textDocument/codeAction', params);
  }
  await assertAlive();
});

test('a request that cannot be answered gets an error', async () => {
  const { error } = await client.request('textDocument/codeAction', {
    textDocument: { uri },
    range: null,
    context: null,
  });
  const unknown = await client.request('initlens/no-such-request', {});
  assert.equal(unknown.error?.code, -32601);
  assert.equal(error, undefined, 'an unopened document has no actions');
  client.open(uri, xavierRelu);
  const failed = await client.request('textDocument/codeAction', { textDocument: { uri }, range: null, context: null });
  assert.equal(failed.error?.code, -32603);
  await assertAlive();
});

test('positions out of range count as the nearest place', async () => {
  client.open(uri, kaimingRelu);
  const range = { start: { line: 100000, character: 5 }, end: { line: 1e9, character: 1e9 } };
  client.change(uri, 2, { range, text: '\n# end\n' });
  client.change(uri, 3, {
    range: { start: { line: -1, character: -5 }, end: { line: 0, character: -1 } },
    text: '# start\n',
  });
  assert.deepEqual(await client.diagnostics(uri, 3), []);
  const textDocument = { uri };
  const hover = await client.request('textDocument/hover', { textDocument, position: { line: 5000, character: 5000 } });
  assert.equal(hover.result, null);
  const actions = await client.request('textDocument/codeAction', {
    textDocument,
    range,
    context: { diagnostics: [] },
  });
  assert.deepEqual(actions.result, []);
});

test('a change that makes no sense leaves the document as it was', async () => {
  client.open(uri, xavierRelu);
  const before = await client.diagnostics(uri, 1);
  client.change(uri, 2, { range: { start: { line: 'one' }, end: {} }, text: 'x' });
  client.change(uri, 2, { text: null });
  client.change('file:///w/never-opened.py', 2, { text: 'x' });
  client.change(uri, 3, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' });
  const diagnostics = await client.diagnostics(uri, 3);
  assert.equal(diagnostics.length, before.length);
  assert.equal(diagnostics[0].range.start.line, before[0].range.start.line + 1);
});

test('hostile documents are answered, and what stands below is checked', async () => {
  for (const [index, [what, text]] of Object.entries(hostile).entries()) {
    const document = `file:///w/bad${index}.py`;
    client.open(document, text + xavierRelu);
    const found = await client.diagnostics(document, 1);
    const lines = found.filter(it => it.code === 'gain-mismatch').map(it => it.range.start.line);
    assert.deepEqual(lines, [text.split('\n').length - 1 + 10], what);
  }
});

test('an empty document, one of 20 MB, one with a null character', async () => {
  const texts = ['', `x = [\n${'    1234567890,\n'.repeat(1_250_000)}]\n`, 'x = "\u0000"\n'];
  for (const [index, text] of texts.entries()) {
    client.open(`file:///w/odd${index}.py`, text);
    assert.deepEqual(await client.diagnostics(`file:///w/odd${index}.py`, 1), []);
  }
  await assertAlive();
});

test('documents that import each other', async () => {
  client.open('file:///w/a.py', 'from b import B\nclass A(B): pass\n');
  client.open('file:///w/b.py', `from a import A\nclass B(A): pass\n${xavierRelu}`);
  assert.equal((await client.diagnostics('file:///w/b.py', 1)).length, 1);
  assert.deepEqual(await client.diagnostics('file:///w/a.py', 1), []);
});

test('a request that is cancelled before its turn is not answered with a result', async () => {
  client.open(uri, xavierRelu);
  const ids = Array.from({ length: 20 }, () =>
    client.ask('textDocument/hover', { textDocument: { uri }, position: { line: 10, character: 25 } }),
  );
  for (const id of ids) client.notify('$/cancelRequest', { id });
  const answers = await Promise.all(ids.map(it => client.answerTo(it)));
  assert.ok(answers.some(it => it.error?.code === -32800));
});

test('requests before initialization are refused, and exit without shutdown ends with 1', async () => {
  const early = new Client();
  const { error } = await early.request('textDocument/hover', {});
  assert.equal(error?.code, -32002);
  early.notify('exit', null);
  const code = await new Promise(resolve => early.process.on('exit', resolve));
  assert.equal(code, 1);
});
