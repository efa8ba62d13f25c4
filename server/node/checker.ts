/** A worker that checks files for the command line, in Node. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Given } from '../cli/check/worker.js';
import { launch } from './launch.js';

const port = parentPort!;
const check = launch().program.checker(workerData as Given);
port.on('message', (paths: readonly string[]) => port.postMessage(check(paths)));
port.postMessage('ready');
