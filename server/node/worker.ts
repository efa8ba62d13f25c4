/** A worker, in Node. */
import { parentPort, workerData } from 'node:worker_threads';
import type { KernelVariant } from '../../core/backends/wasm/kernel.js';
import { type Errand, startTasks } from '../worker.js';
import { loadKernel } from './kernel.js';
import { sha256 } from './sha256.js';

const port = parentPort!;
const { kernelFolder } = workerData as { readonly kernelFolder: string };
const machine = { loadKernel: (variant: KernelVariant) => loadKernel(kernelFolder, variant), sha256 };
const answer = startTasks(machine, (reply, transferred = []) => port.postMessage(reply, transferred));
port.on('message', (errand: Errand) => answer(errand));
