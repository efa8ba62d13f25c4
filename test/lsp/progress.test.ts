/** Work that takes long: it tells how far it is, ends when it is cancelled, and holds no layer in memory. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Client } from './client.js';

const uri = 'untitled:large.py';
/** A hundred gigabytes, and one that is measured in a second. */
const text = `from torch import nn

class Huge(nn.Module):
    def __init__(self):
        super().__init__()
        self.huge = nn.Linear(160_000, 160_000, bias=False)
        self.large = nn.Linear(5000, 5000, bias=False)
        nn.init.normal_(self.huge.weight, 0, 0.01)
        nn.init.normal_(self.large.weight, 0, 0.01)

    def forward(self, x):
        return self.huge(x)
`;
const params = { textDocument: { uri }, className: 'Huge' };

let client: Client;

before(async () => {
  client = new Client();
  await client.initialize({ capabilities: { window: { workDoneProgress: true } } });
  client.open(uri, text);
});

after(() => client.stop());

const told = (token: unknown, kind: string) =>
  client.messages.filter(
    it => it.method === '$/progress' && it.params.token === token && it.params.value.kind === kind,
  );

test('a glance at a huge layer is a sample, and says so', async () => {
  const { result } = await client.request('initlens/weight', { ...params, name: 'huge.weight' });
  assert.match(result.summary, /first 16,777,216 values of 25,600,000,000/);
  assert.equal(result.unseen, '25,600,000,000');
});

test('all of a layer is measured on request', async () => {
  const { result } = await client.request('initlens/weight', { ...params, name: 'large.weight', whole: true });
  assert.doesNotMatch(result.summary, /first/);
  assert.match(result.summary, /std 0\.01,/);
  assert.equal(result.unseen, undefined);
});

test("a hundred gigabytes are measured in blocks, under the client's token, until that is given up", async () => {
  const id = client.ask('initlens/weight', { ...params, name: 'huge.weight', whole: true, workDoneToken: 'mine' });
  await client.until(() => (told('mine', 'report').length >= 2 ? true : undefined));
  assert.equal(told('mine', 'begin').length, 1);
  const percentages = told('mine', 'report').map(it => it.params.value.percentage as number);
  assert.deepEqual(
    percentages,
    percentages.toSorted((a, b) => a - b),
  );
  assert.ok(residentMegabytes() < 400, `${residentMegabytes()} MB`);
  client.notify('$/cancelRequest', { id });
  assert.equal((await client.answerTo(id)).error?.code, -32800);
  await client.until(() => told('mine', 'end')[0]);
});

test('without a token a client that shows progress is asked for one, and may cancel by it', async () => {
  const before = client.messages.length;
  const id = client.ask('initlens/weight', { ...params, name: 'huge.weight', whole: true });
  const { params: created } = await client.until(() =>
    client.messages.slice(before).find(it => it.method === 'window/workDoneProgress/create'),
  );
  const { params: begun } = await client.until(() => told(created.token, 'begin')[0]);
  assert.equal(begun.value.title, 'Drawing huge.weight');
  client.notify('window/workDoneProgress/cancel', { token: created.token });
  assert.equal((await client.answerTo(id)).error?.code, -32800);
});

test('other requests are answered meanwhile', async () => {
  const id = client.ask('initlens/weight', { ...params, name: 'huge.weight', whole: true });
  const { result } = await client.request('initlens/weights', params);
  assert.equal(result.rows.length, 2);
  client.notify('$/cancelRequest', { id });
  assert.equal((await client.answerTo(id)).error?.code, -32800);
});

function residentMegabytes(): number {
  const status = readFileSync(`/proc/${client.process.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
