/** The host in Node: files, clock, streams. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Clock, Encoding, Terminal } from '../host.js';
import { forwardSlashes, nodeFiles, watchFolders } from './files.js';
import { openGpu } from './gpu.js';
import { loadKernel } from './kernel.js';
import { outputTo } from './output.js';
import { serveOnStandardStreams } from './serve.js';
import { sha256 } from './sha256.js';
import { startWorker, threadCount } from './workers.js';

export interface Installation {
  readonly version: string;
  /** Where the rules' pages lie. */
  readonly rulesFolder: string;
  /** Where the compiled kernels lie. */
  readonly kernelFolder: string;
  readonly workerProgram: string;
  readonly checkerProgram: string;
  /** Where a package for one platform has Dawn. */
  readonly dawnFolder: string;
}

export function createHost(installation: Installation): Terminal {
  const host: Terminal = {
    ...nodeFiles,
    ...clock,
    ...encoding,
    loadKernel: variant => loadKernel(installation.kernelFolder, variant),
    openGpu: () => openGpu(installation.dawnFolder),
    threads: threadCount,
    startWorker: () => startWorker(installation.workerProgram, { kernelFolder: installation.kernelFolder }),
    startChecker: ({ positionals, values }) => startWorker(installation.checkerProgram, { positionals, values }),
    version: installation.version,
    environment: process.env,
    homeFolder: forwardSlashes(homedir()),
    currentFolder: forwardSlashes(process.cwd()),
    output: outputTo(process.stdout),
    errors: outputTo(process.stderr),
    readInput,
    watch: watchFolders,
    onInterrupt,
    rulePage: id => pageOf(installation.rulesFolder, id),
    serve: () => serveOnStandardStreams(host),
  };
  return host;
}

const clock: Clock = {
  now: () => performance.now(),
  schedule(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  turn: () => setImmediate(),
};

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

const encoding: Encoding = {
  decodeUtf8(bytes) {
    try {
      return decoder.decode(bytes);
    } catch {
      return undefined;
    }
  },
  encodeUtf8: text => encoder.encode(text),
  sha256,
};

async function readInput(): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function onInterrupt(callback: () => void): void {
  process.once('SIGINT', callback);
  process.once('SIGTERM', callback);
}

function pageOf(folder: string, id: string): string | undefined {
  if (!/^[a-z-]+$/.test(id)) return undefined;
  try {
    return readFileSync(join(folder, `${id}.md`), 'utf8');
  } catch {
    return undefined;
  }
}
