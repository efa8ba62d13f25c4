/** Whatever draws on the processor of this machine: plain JavaScript, and both builds of the kernel. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kernelOf } from '../../core/backends/wasm/kernel.js';
import { kernelVariants, type Sampler, scalarSampler } from '../../core/index.js';
import { loadKernel } from '../../server/node/kernel.js';

export const kernelFolder = fileURLToPath(new URL('../../dist/kernel', import.meta.url));
if (!existsSync(kernelFolder)) {
  const { buildKernels } = await import('../tools/kernel.mjs');
  await buildKernels(kernelFolder);
}

export const samplers: readonly (readonly [name: string, sampler: Sampler])[] = [
  ['scalar', scalarSampler],
  ...kernelVariants.map(it => [`wasm ${it}`, kernelOf(() => loadKernel(kernelFolder, it), it)!] as const),
];
