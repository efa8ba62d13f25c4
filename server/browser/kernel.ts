/** The compiled kernel in a browser. */
import type { KernelExports, KernelVariant } from '../../core/backends/wasm/kernel.js';

export type Kernels = Readonly<Record<KernelVariant, Uint8Array<ArrayBuffer>>>;

export function instantiate(bytes: Uint8Array<ArrayBuffer>): KernelExports {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  return exports as unknown as KernelExports;
}
