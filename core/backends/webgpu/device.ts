/** The part of WebGPU that is used, as browsers and Dawn hand it over; the core itself knows no host. */

export interface GpuDevice {
  readonly queue: {
    writeBuffer(buffer: GpuBuffer, offset: number, data: ArrayBuffer): void;
    submit(commands: readonly unknown[]): void;
  };
  readonly lost: Promise<{ readonly message: string }>;
  createShaderModule(source: { readonly code: string }): unknown;
  createBuffer(description: { readonly size: number; readonly usage: number }): GpuBuffer;
  createBindGroupLayout(description: { readonly entries: readonly unknown[] }): unknown;
  createPipelineLayout(description: { readonly bindGroupLayouts: readonly unknown[] }): unknown;
  createComputePipelineAsync(description: {
    readonly layout: unknown;
    readonly compute: {
      readonly module: unknown;
      readonly entryPoint: string;
      readonly constants?: Readonly<Record<string, number>>;
    };
  }): Promise<unknown>;
  createBindGroup(description: { readonly layout: unknown; readonly entries: readonly unknown[] }): unknown;
  createCommandEncoder(): GpuEncoder;
  destroy(): void;
}

export interface GpuBuffer {
  mapAsync(mode: number, offset: number, size: number): Promise<void>;
  getMappedRange(offset: number, size: number): ArrayBuffer;
  unmap(): void;
}

interface GpuEncoder {
  clearBuffer(buffer: GpuBuffer): void;
  beginComputePass(): {
    setPipeline(pipeline: unknown): void;
    setBindGroup(index: number, group: unknown): void;
    dispatchWorkgroups(count: number): void;
    end(): void;
  };
  copyBufferToBuffer(from: GpuBuffer, start: number, to: GpuBuffer, at: number, size: number): void;
  finish(): unknown;
}

/** A device with the name that people know it by. */
export interface OpenedGpu {
  readonly device: GpuDevice;
  readonly name: string;
}

/** WebGPU's flags. */
export const usage = { mapRead: 1, copySource: 4, copyTarget: 8, uniform: 64, storage: 128 } as const;
export const MAP_READ = 1;
export const COMPUTE_STAGE = 4;

/** What WebGPU tells of an adapter; empty where a browser keeps it to itself. */
export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
}

/** As people know it, else what its driver says, else its maker. */
export function nameOfAdapter({ vendor, architecture, device, description }: AdapterInfo): string {
  const name = device.startsWith('0x') ? '' : device;
  return name || description || [vendor, architecture].filter(it => it !== '').join(' ') || 'WebGPU';
}
