/** Runs the suite in a browser and posts what it found. */
import { openGpu } from '../../../server/browser/gpu.js';
import { runSuite } from './suite.js';

const post = (body: unknown) => fetch('/found', { method: 'POST', body: JSON.stringify(body) });

openGpu()
  .then(runSuite)
  .then(post, error => post({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
