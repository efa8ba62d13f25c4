/** The compiled kernel in Node. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KernelExports, KernelVariant } from '../../core/backends/wasm/kernel.js';
import { v8 } from './builtin.js';

export function loadKernel(folder: string, variant: KernelVariant): KernelExports {
  const bytes = readFileSync(join(folder, `${variant}.wasm`));
  if (variant === 'fused') allowRelaxedSimd(bytes);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  return exports as unknown as KernelExports;
}

/** Node 20 has it behind a flag; later versions know the flag no more and need none. */
function allowRelaxedSimd(bytes: Uint8Array): void {
  if (!WebAssembly.validate(bytes)) v8().setFlagsFromString('--experimental-wasm-relaxed-simd');
}
