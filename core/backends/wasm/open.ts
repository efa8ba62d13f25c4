/** The best kernel that the machine runs, and why better ones do not. */
import { type Kernel, type KernelExports, type KernelVariant, kernelOf, kernelVariants } from './kernel.js';

export interface OpenedKernel {
  readonly kernel?: Kernel;
  readonly skipped: readonly { readonly variant: KernelVariant; readonly reason: string }[];
}

/** `load` compiles and instantiates a variant, or throws. */
export function openKernel(load: (variant: KernelVariant) => KernelExports): OpenedKernel {
  const skipped: { variant: KernelVariant; reason: string }[] = [];
  for (const variant of kernelVariants) {
    try {
      const kernel = kernelOf(() => load(variant), variant);
      if (kernel !== undefined) return { kernel, skipped };
      skipped.push({ variant, reason: 'this machine rounds a multiply-add twice' });
    } catch (error) {
      skipped.push({ variant, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { skipped };
}
