/** Drawing and measuring on the graphics processor, beside real torch on CUDA in the same run, and against the card's limit. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { webgpuBackend } from '../../core/backends/webgpu/index.js';
import { type Backend, type InitSpec, Mt19937 } from '../../core/index.js';
import { openGpu } from '../../server/node/gpu.js';
import { withDawn } from '../tools/dawn.mjs';
import { median, show } from './common/figures.js';
import { type Card, limitOfNormals } from './common/gpu-limit.js';

const COUNTS = [2 ** 24, 2 ** 28, 2 ** 30];
/** So many that starting and reading do not count. */
const MANY = 2 ** 32;
const ROUNDS = 15;
const specs = {
  normal: { kind: 'normal', mean: 0, std: 1 },
  uniform: { kind: 'uniform', low: -1, high: 1 },
} as const satisfies Record<string, InitSpec>;

interface Torch {
  readonly name: string;
  readonly multiprocessors: number;
  readonly walls: Readonly<Record<number, Readonly<Record<keyof typeof specs, number>>>>;
}

const opened = await open();
if (opened !== undefined) await measure(opened.backend);
process.exit();

async function open() {
  try {
    const start = performance.now();
    const gpu = await withDawn(openGpu);
    const backend = await webgpuBackend(gpu);
    console.log(`${gpu.name}`);
    show({ name: 'opened', value: performance.now() - start, unit: 'ms' });
    return { backend };
  } catch (error) {
    console.log(`not measured: ${(error as Error).message}`);
    return undefined;
  }
}

async function measure(backend: Backend): Promise<void> {
  const torch = torchOnCuda();
  const card = torch && cardOf(torch);
  await warm(backend);
  for (const count of COUNTS) {
    for (const kind of ['normal', 'uniform'] as const) {
      const value = await medianOf(backend, specs[kind], count);
      const name = `${(count / 1e6).toFixed(0)} million ${kind} numbers, drawn and measured`;
      show({ name, value, unit: 'ms', ...(torch && { peer: { name: 'torch', value: torch.walls[count]![kind] } }) });
    }
  }
  if (card !== undefined) await againstLimit(backend, card);
}

async function againstLimit(backend: Backend, card: Card): Promise<void> {
  const wall = await medianOf(backend, specs.normal, MANY);
  const { multiprocessors, gigahertz } = card;
  const name = `4295 million normal numbers, of what ${multiprocessors} multiprocessors at ${gigahertz} GHz can do at most`;
  const share = (100 * limitOfNormals(MANY, card, 'halves')) / wall;
  show({ name: `${name} with the instructions of WGSL`, value: share, unit: '%', atLeast: 60 });
  const wide = (100 * limitOfNormals(MANY, card, 'wide')) / wall;
  show({ name: 'of what they could do with wide products, which WGSL has not', value: wide, unit: '%' });
}

async function medianOf(backend: Backend, spec: InitSpec, count: number): Promise<number> {
  const walls = [];
  for (let round = 0; round < ROUNDS + 2; round++) {
    const start = performance.now();
    await once(backend, spec, count);
    walls.push(performance.now() - start);
  }
  return median(walls.slice(2));
}

/** For a second, in which the card comes to its clock. */
async function warm(backend: Backend): Promise<void> {
  const begin = performance.now();
  while (performance.now() - begin < 1000) await once(backend, specs.normal, MANY);
}

async function once(backend: Backend, spec: InitSpec, count: number): Promise<void> {
  const generator = new Mt19937(0);
  await backend.summarize({ spec, shape: [count], dtype: 'float32', build: 'plain', generator, effort: 'whole' });
}

/** Undefined where torch is not installed or sees no card. */
function torchOnCuda(): Torch | undefined {
  const script = fileURLToPath(new URL('./gpu.py', import.meta.url));
  const { stdout, status } = spawnSync('python3', [script, `${ROUNDS}`, ...COUNTS.map(String)], { encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as Torch) : undefined;
}

/** Undefined where its highest clock is not told. */
function cardOf({ multiprocessors }: Torch): Card | undefined {
  const query = ['--query-gpu=clocks.max.sm', '--format=csv,noheader,nounits'];
  const { stdout, status } = spawnSync('nvidia-smi', query, { encoding: 'utf8' });
  return status === 0 ? { multiprocessors, gigahertz: Number(stdout.split('\n')[0]) / 1000 } : undefined;
}
