/** Workers in Node: threads that keep the process only while they have something to do. */
import { availableParallelism } from 'node:os';
import type { WorkerPort } from '../../core/backends/workers/pool.js';
import { threads } from './builtin.js';
import { keepYoungGeneration } from './engine.js';

const MOST_THREADS = 8;

export const threadCount = Math.min(MOST_THREADS, availableParallelism());

/** The program says something when it is there, and then answers every message with one. */
export function startWorker(program: string, workerData: unknown): WorkerPort {
  const { Worker } = threads();
  const worker = new Worker(program, { workerData, execArgv: [] });
  worker.unref();
  let pending = 0;
  let isStarted = false;
  return {
    post(message, transferred = []) {
      if (pending++ === 0) worker.ref();
      worker.postMessage(message, transferred as ArrayBuffer[]);
    },
    listen(received, failed) {
      worker.on('message', message => {
        // The first message only says that the worker is there.
        if (!isStarted) keepYoungGeneration();
        else if (--pending === 0) worker.unref();
        isStarted = true;
        received(message);
      });
      worker.on('error', error => failed(error.message));
      worker.on('exit', code => failed(`a worker ended with ${code}`));
      // Listeners hold the process as well.
      if (pending === 0) worker.unref();
    },
    stop() {
      worker.removeAllListeners();
      void worker.terminate();
    },
  };
}
