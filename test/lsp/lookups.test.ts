/** Lenses, hints, the places of writes and the panels' requests, against the real server process. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from './client.js';
import { positionOf, xavierRelu } from './samples.js';

const uri = 'file:///w/net.py';
const textDocument = { uri };
let client: Client;

before(async () => {
  client = new Client();
  await client.initialize({ initializationOptions: { panels: true, settings: { inlayHints: { enable: true } } } });
  client.open(uri, xavierRelu);
  await client.diagnostics(uri, 1);
});

after(async () => {
  assert.equal(await client.stop(), 0);
});

// biome-ignore lint/suspicious/noExplicitAny: whatever the server answers
const ask = async (method: string, params: object = {}): Promise<any> =>
  (await client.request(method, { textDocument, ...params })).result;

test('lenses over a network tell its size and findings and lead to its signal and weights', async () => {
  const lenses = await ask('textDocument/codeLens');
  const titles = lenses.map((it: { command: { title: string } }) => it.command.title);
  assert.deepEqual(titles, ['22 parameters, 660,490 values', '1 finding', 'signal', 'weights']);
  const signal = lenses[2];
  assert.deepEqual(signal.command.arguments, [uri, 'Net']);
  assert.equal(signal.command.command, 'initlens.showSignal');
  assert.deepEqual(signal.range.start, positionOf(xavierRelu, 'Net(nn'));
});

test('a hint behind a call tells the std that it gives', async () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const hints = await ask('textDocument/inlayHint', { range });
  assert.equal(hints.length, 1, 'none behind zeros_');
  assert.equal(hints[0].label, 'std 0.0625');
  assert.deepEqual(hints[0].position, positionOf(xavierRelu, '(layer.weight)', '(layer.weight)'.length));
});

test('a layer leads to the writes that win and to all that were made', async () => {
  const position = positionOf(xavierRelu, 'self.layers:', 7);
  const winning = await ask('textDocument/implementation', { position });
  const written = positionOf(xavierRelu, 'xavier_normal_');
  assert.ok(winning.some((it: { range: { start: object } }) => sameStart(it, written)));
  assert.ok(
    !winning.some((it: { range: { start: object } }) => sameStart(it, positionOf(xavierRelu, 'nn.Linear(256, 256)'))),
  );
  const all = await ask('textDocument/references', { position, context: { includeDeclaration: true } });
  assert.ok(all.length > winning.length, 'the overwritten defaults too');
  assert.ok(
    all.some((it: { range: { start: object } }) => sameStart(it, positionOf(xavierRelu, 'nn.Linear(256, 256)'))),
  );
});

function sameStart({ range }: { range: { start: object } }, start: object): boolean {
  return JSON.stringify(range.start) === JSON.stringify(start);
}

test('what leads nowhere is answered with nothing', async () => {
  assert.equal(await ask('textDocument/implementation', { position: { line: 0, character: 0 } }), null);
  assert.equal(await ask('initlens/signal', { textDocument: { uri: 'file:///w/other.py' } }), null);
});

test('the signal of a network, as written and as fixed', async () => {
  const { className, layers, picture, hasFixed } = await ask('initlens/signal', { className: 'Net', fixed: true });
  assert.equal(className, 'Net');
  assert.ok(hasFixed);
  const relus = layers.filter((it: { operation: string }) => it.operation === 'relu');
  assert.equal(relus.length, 10);
  assert.match(relus.at(-1).std, /^0\.025\d/, 'std of a ReLU after ten halvings');
  assert.match(relus.at(-1).fixedStd, /^0\.8\d+ ±\d+ %$/);
  assert.equal(layers.at(-1).gradient, '1');
  assert.deepEqual(relus[0].place.range.start, positionOf(xavierRelu, 'F.relu'));
  assert.match(layers[1].weights[0], /^layers\.0\.weight: N\(0, 0\.0625²\)/);
  assert.match(picture, /^<svg .*<\/svg>\n$/s);
});

test('the signal by simulation: what the seed gives beside the theory, with a size that the first layer asks for', async () => {
  const params = { className: 'Net', fixed: true, refined: true };
  const { layers, assumptions, seed, hasFixed } = await ask('initlens/signal', params);
  assert.deepEqual(assumptions, ['input 64×256']);
  assert.equal(seed, '0');
  assert.ok(hasFixed);
  const last = layers.filter((it: { operation: string }) => it.operation === 'relu').at(-1);
  assert.equal(last.source, 'theory');
  assert.match(last.seedStd, /^0\.0[123]\d+$/);
  assert.match(last.seedGradient, /^0\.\d+$/);
});

test('the signal for a shape of the input that is asked for, and what is said where it does not fit', async () => {
  const { layers, assumptions, problem } = await ask('initlens/signal', { className: 'Net', inputShape: [4, 256] });
  assert.deepEqual(layers[1].shape, [4, 256]);
  assert.deepEqual([assumptions, problem], [[], undefined]);
  const other = await ask('initlens/signal', { className: 'Net', inputShape: [4, 7] });
  assert.equal(other.problem, 'input 4×7 does not go through layers.0; figures are for input 64×256');
  assert.deepEqual(other.layers[1].shape, [64, 256]);
});

test('networks are told with the place of their class', async () => {
  const { networks } = await ask('initlens/signal');
  assert.deepEqual(
    networks.map((it: { className: string }) => it.className),
    ['Net'],
  );
  assert.deepEqual(networks[0].place.range.start, positionOf(xavierRelu, 'class Net'));
});

test('a simulation that a newer question overtakes is given up', async () => {
  const id = client.ask('initlens/signal', { textDocument, className: 'Net', refined: true });
  client.notify('$/cancelRequest', { id });
  const { error } = await client.answerTo(id);
  assert.equal(error?.code, -32800);
});

test('the weights of a network as rows, one drawn, all as a file', async () => {
  const { rows } = await ask('initlens/weights', { className: 'Net' });
  assert.equal(rows.length, 22);
  assert.deepEqual(rows[0].findings, ['gain-mismatch']);
  assert.equal(rows[0].shape, '[256, 256]');
  const weight = await ask('initlens/weight', { className: 'Net', name: 'layers.0.weight' });
  assert.match(weight.summary, /std 0\.062[45]/);
  assert.match(weight.histogram, /^data:image\/svg\+xml;base64,/);
  const { values, condition, edges } = weight.spectrum;
  assert.ok(values[0] > 1.8 && values[0] < 2.1, 'the largest singular value of a square Gaussian is 2');
  assert.ok(Math.abs(edges.high - 2) < 0.02 && edges.low < 0.01, JSON.stringify(edges));
  assert.equal(condition, values[0] / values.at(-1));
  const { base64 } = await ask('initlens/export', { className: 'Net' });
  const bytes = Buffer.from(base64, 'base64');
  const length = Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length));
  assert.deepEqual(header['out.weight'].shape, [10, 256]);
  assert.equal(bytes.length, 8 + length + 4 * 660_490);
});

test('another editor gets no lens that leads to a panel', async () => {
  const other = new Client();
  await other.initialize();
  other.open(uri, xavierRelu);
  const { result } = await other.request('textDocument/codeLens', { textDocument });
  assert.deepEqual(
    result.map((it: { command: { command: string } }) => it.command.command),
    ['', ''],
  );
  assert.equal(await other.stop(), 0);
});
