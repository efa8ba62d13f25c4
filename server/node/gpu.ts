/** The graphics processor in Node, by way of Dawn: the npm package `webgpu`, which need not be there. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type AdapterInfo, nameOfAdapter, type OpenedGpu } from '../../core/backends/webgpu/device.js';

interface Dawn {
  create(options: readonly string[]): { requestAdapter(options: object): Promise<Adapter | null> };
}

interface Adapter {
  readonly info: AdapterInfo;
  requestDevice(): Promise<unknown>;
}

/** Kept from being collected: devices of a forgotten instance stop. */
const instances: unknown[] = [];

/** Rejects with the reason where there is none; `folder` is where a package for one platform has Dawn. */
export async function openGpu(folder: string): Promise<OpenedGpu> {
  const gpu = dawn(folder).create([]);
  instances.push(gpu);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new Error('Dawn finds no graphics card with a Vulkan, Metal or Direct3D driver');
  const device = (await adapter.requestDevice()) as OpenedGpu['device'];
  return { device, name: nameOfAdapter(adapter.info) };
}

/** Of the package for this platform, else one that was installed; its native part, which is loaded at once. */
function dawn(folder: string): Dawn {
  const require = createRequire(join(folder, 'index.js'));
  const architecture = process.platform === 'darwin' ? 'universal' : process.arch;
  const native = join('dist', `${process.platform}-${architecture}`, 'dawn.node');
  const packaged = join(folder, native);
  try {
    return require(existsSync(packaged) ? packaged : join(dirname(require.resolve('webgpu')), native)) as Dawn;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isMissing = code === 'MODULE_NOT_FOUND';
    throw new Error(
      isMissing
        ? 'the package webgpu is not installed: `npm install webgpu` where the server runs brings it'
        : `the package webgpu does not load: ${message}`,
    );
  }
}
