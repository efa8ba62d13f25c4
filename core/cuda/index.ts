/** What torch draws on a CUDA device. */
export { type CudaDevice, cudaDeviceOf, cudaDevices } from './devices.js';
export { CudaGenerator } from './generator.js';
