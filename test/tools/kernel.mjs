/** Compiles the kernel's AssemblyScript, once with relaxed SIMD and once without; what was compiled before is kept. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = join(root, 'core/backends/wasm/assembly');
const variants = { fused: 'simd,relaxed-simd', emulated: 'simd' };
const optionsOf = features => [
  '-O3',
  '--converge',
  '--runtime',
  'stub',
  '--noAssert',
  '--enable',
  features,
  '--use',
  'abort=',
];

/** Writes `fused.wasm` and `emulated.wasm` into the folder. */
export async function buildKernels(folder) {
  mkdirSync(folder, { recursive: true });
  for (const [variant, features] of Object.entries(variants)) {
    const options = optionsOf(features);
    const kept = join(root, `node_modules/.cache/initlens/${fingerprint(options)}.wasm`);
    if (!existsSync(kept)) await compile(options, kept);
    cpSync(kept, join(folder, `${variant}.wasm`));
  }
}

async function compile(options, path) {
  const { main } = await import('assemblyscript/asc');
  const beside = `${path}.${process.pid}`;
  const { error, stderr } = await main([join(sources, 'index.ts'), '--outFile', beside, ...options]);
  if (error) throw new Error(`${stderr}`, { cause: error });
  renameSync(beside, path);
}

/** Of all that decides what the compiler gives. */
function fingerprint(options) {
  const hash = createHash('sha256').update(options.join());
  hash.update(readFileSync(join(root, 'package.json'), 'utf8').match(/"assemblyscript": .*/)[0]);
  for (const name of readdirSync(sources).sort()) hash.update(name).update(readFileSync(join(sources, name)));
  return hash.digest('hex').slice(0, 16);
}
