/** What the editor feels of the extension besides typing: its start, its size, its memory. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Client } from '../lsp/client.js';
import { temporaryFolder } from '../temporary.js';
import { pack } from '../tools/pack.mjs';
import { median, show } from './common/figures.js';
import { torchvision } from './common/processes.js';

const PATIENCE = 300_000;

show({ name: 'server ready', value: median(await readyTimes(5)), unit: 'ms', atMost: 300 });
show({ name: "server memory with torchvision's models open", value: await memory(), unit: 'MB', atMost: 150 });
show({ name: 'vsix', value: await packageSize(), unit: 'MB', atMost: 1 });

/** From the start of the process to the answer to `initialize`. */
async function readyTimes(rounds: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    const client = new Client();
    await client.initialize();
    times.push(performance.now() - start);
    await client.stop();
  }
  return times;
}

/** What the process holds once the diagnostics of every open file are there. */
async function memory(): Promise<number> {
  const client = new Client();
  await client.initialize({ rootUri: pathToFileURL(torchvision).href });
  const paths = readdirSync(torchvision, { recursive: true, encoding: 'utf8' }).filter(it => it.endsWith('.py'));
  const uris = paths.map(it => pathToFileURL(join(torchvision, it)).href);
  for (const uri of uris) client.open(uri, readFileSync(fileURLToPath(uri), 'utf8'));
  await client.until(() => (uris.every(it => client.published(it).length > 0) ? true : undefined), PATIENCE);
  const status = readFileSync(`/proc/${client.process.pid}/status`, 'utf8');
  await client.stop();
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

async function packageSize(): Promise<number> {
  const folder = temporaryFolder();
  const packagePath = join(folder.path, 'initlens.vsix');
  await pack(packagePath);
  const { size } = statSync(packagePath);
  folder.remove();
  return size / 1e6;
}
