/** A worker, in Node. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Task } from '../../core/index.js';
import { startTasks } from '../worker.js';
import { loadKernel } from './kernel.js';

const port = parentPort!;
const { kernelFolder } = workerData as { readonly kernelFolder: string };
const answer = startTasks({ loadKernel: variant => loadKernel(kernelFolder, variant) }, reply =>
  port.postMessage(reply),
);
port.on('message', (task: Task) => answer(task));
