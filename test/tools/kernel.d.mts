/** Writes the compiled kernels into the folder. */
export function buildKernels(folder: string): Promise<void>;
