/** The log and the status: what is assumed, how long it took, what went wrong and what to do, what is being done. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Log } from '../../server/lsp/log.js';
import { temporaryFolder } from '../temporary.js';
import { Client, type Message } from './client.js';
import { xavierRelu } from './samples.js';

const clients: Client[] = [];
const folders: { remove(): void }[] = [];
after(async () => {
  for (const client of clients) await client.stop();
  for (const folder of folders) folder.remove();
});

async function started(files: Readonly<Record<string, string>>, settings: object = {}) {
  const folder = temporaryFolder(files);
  folders.push(folder);
  const client = new Client();
  clients.push(client);
  client.answers.set('workspace/configuration', ({ items }) => items.map(() => settings));
  const uri = pathToFileURL(folder.path).href;
  const capabilities = { workspace: { configuration: true, workspaceFolders: true } };
  await client.initialize({ workspaceFolders: [{ uri, name: 'w' }], capabilities });
  return { client, uri };
}

const logged = (client: Client, pattern: RegExp): Promise<Message> =>
  client.until(() => client.messages.find(it => it.method === 'window/logMessage' && pattern.test(it.params.message)));

const statuses = (client: Client) => client.messages.filter(it => it.method === 'initlens/status').map(it => it.params);

const ready = (client: Client) => client.until(() => statuses(client).find(it => it.state === 'ready'));

const torch = { '.venv/lib/python3.11/site-packages/torch-2.4.1.dist-info/METADATA': '' };

test('the log says which torch is assumed, and where packages are read', async () => {
  const { client } = await started({ ...torch, 'net.py': xavierRelu });
  const { params } = await logged(
    client,
    /torch 2\.4\.1, installed in .*site-packages; installed packages are read from/,
  );
  assert.equal(params.type, 3);
  assert.match((await ready(client)).assumed.join(), /^torch 2\.4\.1, installed in /);
});

test('the log says what a lock file pins, and what nothing says', async () => {
  const pinned = await started({ 'requirements.txt': 'torch==2.1.0\n' });
  await logged(pinned.client, /torch 2\.1\.0, pinned by .*requirements\.txt/);
  const unknown = await started({ 'net.py': xavierRelu });
  await logged(unknown.client, /torch: the newest that is known, as nothing says which/);
  const configured = await started({ 'net.py': xavierRelu }, { torchVersion: '1.13' });
  await logged(configured.client, /torch 1\.13, as configured/);
});

test('the log has the time of every file for who looks closely', async () => {
  const { client, uri } = await started({ 'net.py': xavierRelu });
  client.open(`${uri}/net.py`, xavierRelu);
  const { params } = await logged(client, /net\.py: analysed in \d/);
  assert.equal(params.type, 5);
});

test('a failure comes with what to do', async () => {
  const { client, uri } = await started({});
  client.change(`${uri}/other.py`, 2, { text: '' });
  const { params } = await logged(client, /other\.py is not open/);
  assert.equal(params.type, 1);
  assert.match(params.message, /If it happens again, please report .*`exclude`/);
});

test('slow files are told of unasked, the others together a moment later', () => {
  const lines: string[] = [];
  const line = (level: string) => (text: string) => void lines.push(`${level} ${text}`);
  const console = { info: line('info'), debug: line('debug'), error: line('error') };
  const waiting: (() => void)[] = [];
  const schedule = (_: number, callback: () => void) => {
    waiting.push(callback);
    return () => {};
  };
  const log = new Log({ console } as unknown as ConstructorParameters<typeof Log>[0], { schedule });
  log.analyzed('quick.py', 12.34);
  log.analyzed('small.py', 1);
  log.analyzed('slow.py', 2345);
  assert.match(lines[0]!, /^info slow\.py: analysed in 2\.35 s; .*`exclude`/);
  for (const callback of waiting) callback();
  assert.deepEqual(lines.slice(1), ['debug quick.py: analysed in 12.3 ms\nsmall.py: analysed in 1.0 ms']);
});

test('the status counts down the files of a workspace', async () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`m${index}.py`, xavierRelu]));
  const { client } = await started(files, { workspace: 'workspace' });
  await logged(client, /^workspace: 40 files in /);
  // The last status is sent right behind that line.
  await client.until(() => (statuses(client).at(-1)?.state === 'ready' ? true : undefined));
  const states = statuses(client);
  const busy = states.filter(it => it.state === 'busy');
  assert.ok(busy.length > 0 && busy.every(it => it.waiting > 0), JSON.stringify(states));
  assert.deepEqual([states.at(-1).state, states.at(-1).waiting, states.at(-1).findings], ['ready', 0, 40]);
});

test('the status counts what editors list, and hints beside it', async () => {
  const { client, uri } = await started({ 'net.py': xavierRelu }, { severity: { 'gain-mismatch': 'hint' } });
  client.open(`${uri}/net.py`, xavierRelu);
  const { findings, warnings, hints } = await client.until(() => statuses(client).find(it => it.hints > 0));
  assert.deepEqual({ findings, warnings, hints }, { findings: 0, warnings: 0, hints: 1 });
});

test('the status says that all is switched off', async () => {
  const { client } = await started({ 'net.py': xavierRelu }, { enable: false });
  await client.until(() => statuses(client).find(it => it.state === 'off'));
});

test('a file that is opened leaves those as they were analysed that do not import it', async () => {
  const files = { 'user.py': 'from other import Net\n\nnet = Net()\n', 'net.py': xavierRelu, 'other.py': xavierRelu };
  const { client, uri } = await started(files);
  for (const name of ['user.py', 'net.py'] as const) {
    client.open(`${uri}/${name}`, files[name]);
    await client.diagnostics(`${uri}/${name}`);
  }
  const timesOf = (name: string) =>
    client.messages
      .map(it => String(it.params?.message))
      .join('\n')
      .split(`/${name}: analysed in`).length - 1;
  client.open('untitled:Untitled-1', xavierRelu);
  await client.diagnostics('untitled:Untitled-1');
  client.open(`${uri}/other.py`, `${xavierRelu}# changed\n`);
  // The last one in line, when nobody has typed for a while.
  await client.until(() => (timesOf('user.py') === 2 ? true : undefined));
  assert.equal(timesOf('net.py'), 1);
});
