/** The host in a web worker: files are what the client tells, everything else is the browser's. */
import manifest from '../../package.json' with { type: 'json' };
import type { Clock, Encoding, Host } from '../host.js';
import { GivenFiles } from './files.js';
import { openGpu } from './gpu.js';
import { instantiate, type Kernels } from './kernel.js';
import { Sha256 } from './sha256.js';
import { startWorker, threadCount } from './workers.js';

export interface Programs {
  readonly kernels: Kernels;
  /** Source of the program that workers run. */
  readonly worker: string;
}

export function createHost({ kernels, worker }: Programs): Host {
  const files = new GivenFiles();
  return {
    ...clock,
    ...encoding,
    loadKernel: variant => instantiate(kernels[variant]),
    openGpu,
    threads: threadCount,
    startWorker: () => startWorker(worker, kernels),
    version: manifest.version,
    environment: {},
    homeFolder: undefined,
    readFile: path => files.read(path),
    list: folder => files.list(folder),
    status: path => files.status(path),
    realPath: path => (files.status(path) === undefined ? undefined : path),
    putFile: (path, contents) => files.put(path, contents),
  };
}

const clock: Clock = {
  now: () => performance.now(),
  schedule(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  turn,
};

/** Browsers hold timers back for at least 4 ms; messages come at once. */
function turn(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

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
  sha256: () => new Sha256(),
};
