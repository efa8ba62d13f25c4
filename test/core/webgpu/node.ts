/** Runs the suite in Node, on Dawn from the folder that is named, and prints what it found. */
import { openGpu } from '../../../server/node/gpu.js';
import { runSuite } from './suite.js';

const [folder = ''] = process.argv.slice(2);
console.log(JSON.stringify(await runSuite(await openGpu(folder))));
process.exit();
