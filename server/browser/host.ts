/** The host in a web worker: files are what the client tells, everything else is the browser's. */

import type { KernelExports, KernelVariant } from '../../core/backends/wasm/kernel.js';
import manifest from '../../package.json' with { type: 'json' };
import type { Clock, Encoding, Host } from '../host.js';
import { GivenFiles } from './files.js';
import { Sha256 } from './sha256.js';

/** The compiled kernels come with the program: a worker need not know where it was loaded from. */
export function createHost(kernels: Readonly<Record<KernelVariant, Uint8Array<ArrayBuffer>>>): Host {
  const files = new GivenFiles();
  return {
    ...clock,
    ...encoding,
    loadKernel: variant => instantiate(kernels[variant]),
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

function instantiate(bytes: Uint8Array<ArrayBuffer>): KernelExports {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  return exports as unknown as KernelExports;
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
