/** From a character typed in an `__init__` to the diagnostics of that version, over stdio, beside pyright's server. */
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Client } from '../lsp/client.js';
import { positionOf } from '../lsp/samples.js';
import { temporaryFolder } from '../temporary.js';
import { quantile, show } from './common/figures.js';
import { LINES_PER_CLASS, modelFile } from './common/model-file.js';

const require = createRequire(import.meta.url);
const pyright = [process.execPath, require.resolve('pyright/langserver.index.js'), '--stdio'];
const initlens = [process.execPath, fileURLToPath(new URL('../../dist/server.js', import.meta.url)), '--stdio'];

const PATIENCE = 120_000;

const TYPED = '        self.extra = nn.Sequential(nn.Linear(channels, 4 * channels), nn.ReLU(), nn.Linear(64, 8))';
const cases = [
  { lines: 1000, p50: 4, p95: 15 },
  { lines: 5000, p50: 12, p95: 40 },
];

for (const { lines, p50, p95 } of cases) {
  const own = await latencies(initlens, lines, 2);
  const other = await latencies(pyright, lines, 1);
  const peer = (share: number) => ({ name: 'pyright', value: quantile(other, share), times: 10 });
  const name = `a character in a file of ${lines} lines`;
  show({ name: `${name}, p50`, value: quantile(own, 0.5), unit: 'ms', atMost: p50, peer: peer(0.5) });
  show({ name: `${name}, p95`, value: quantile(own, 0.95), unit: 'ms', atMost: p95, peer: peer(0.95) });
}

/** Milliseconds from each key to its diagnostics, without those of the first line, in which code is being compiled. */
async function latencies(command: readonly string[], lines: number, rounds: number): Promise<readonly number[]> {
  const text = modelFile(lines / LINES_PER_CLASS);
  const folder = temporaryFolder({ 'model.py': text });
  const uri = pathToFileURL(`${folder.path}/model.py`).href;
  const client = new Client(command, folder.path);
  client.answers.set('workspace/configuration', ({ items }) => items.map(() => null));
  await client.initialize({
    rootUri: pathToFileURL(folder.path).href,
    workspaceFolders: [{ uri: pathToFileURL(folder.path).href, name: 'bench' }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { publishDiagnostics: { versionSupport: true } },
    },
  });
  client.open(uri, text);
  await diagnosed(client, uri, 1);
  const half = text.slice(0, text.length / 2).lastIndexOf('        self.head');
  const middle = positionOf(text, text.slice(half)).line;
  const samples: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const times = await typeLine(client, uri, middle + round, 2 + round * 1000);
    if (round > 0) samples.push(...times);
  }
  client.kill();
  folder.remove();
  return samples;
}

/** Types the line in front of the given one, key by key. */
async function typeLine(client: Client, uri: string, line: number, firstVersion: number): Promise<readonly number[]> {
  const samples: number[] = [];
  const keys = [...TYPED, '\n'];
  for (const [character, text] of keys.entries()) {
    const version = firstVersion + character;
    const start = performance.now();
    client.change(uri, version, { range: { start: { line, character }, end: { line, character } }, text });
    await diagnosed(client, uri, version);
    samples.push(performance.now() - start);
  }
  return samples;
}

function diagnosed(client: Client, uri: string, version: number): Promise<unknown> {
  return client.until(() => client.published(uri).findLast(it => it.params.version === version), PATIENCE);
}
