/** Workers in a browser, from a program that came with the server: a worker need not know where it was loaded from. */
import type { WorkerPort } from '../../core/backends/workers/pool.js';
import type { Kernels } from './kernel.js';

const MOST_THREADS = 8;

export const threadCount = Math.min(MOST_THREADS, navigator.hardwareConcurrency);

export function startWorker(program: string, kernels: Kernels): WorkerPort {
  const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  const worker = new Worker(address);
  worker.postMessage(kernels);
  return {
    post: (message, transferred = []) => worker.postMessage(message, transferred as ArrayBuffer[]),
    listen(received, failed) {
      worker.onmessage = ({ data }) => received(data);
      worker.onerror = event => failed(event.message || 'a worker failed to start');
    },
    stop() {
      worker.terminate();
      URL.revokeObjectURL(address);
    },
  };
}
