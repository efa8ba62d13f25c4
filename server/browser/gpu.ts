/** The graphics processor in a browser. */
import { type AdapterInfo, nameOfAdapter, type OpenedGpu } from '../../core/backends/webgpu/device.js';

/** Where there is WebGPU; not every browser's types and workers know of it. */
interface Gpu {
  requestAdapter(options: object): Promise<Adapter | null>;
}

interface Adapter {
  readonly info: AdapterInfo;
  requestDevice(): Promise<unknown>;
}

/** Rejects with the reason where there is none. */
export async function openGpu(): Promise<OpenedGpu> {
  const { gpu } = navigator as unknown as { readonly gpu?: Gpu };
  if (gpu === undefined) throw new Error('this browser has no WebGPU here');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new Error('WebGPU finds no adapter');
  const device = (await adapter.requestDevice()) as OpenedGpu['device'];
  return { device, name: nameOfAdapter(adapter.info) };
}
