/** Which device takes a request, and which takes over where it cannot. */
import type { Backend, Watch, WeightRequest } from '../backend.js';
import type { OpenedGpu } from './webgpu/device.js';

export type DeviceChoice = 'auto' | 'cpu' | 'gpu';

/** Below this the processor is done before the other one has begun. */
const WORTH_GPU = 2 ** 26;

/**
 * `cpu`: always the processor. `gpu`: the graphics processor, for which it waits. `auto`: the graphics processor for
 * large layers, once it is up; nobody waits for it to start.
 */
export function chosenBackend(choice: DeviceChoice, processor: Backend, gpu: LazyGpu): Backend {
  if (choice === 'cpu') return processor;
  const graphics = async (request: WeightRequest) => {
    if (choice === 'gpu') return gpu.backend();
    return isLarge(request) ? gpu.backendIfReady() : undefined;
  };
  return {
    name: processor.name,
    draw: async request => {
      const first = await graphics(request);
      return (await first?.draw(request).catch(() => undefined)) ?? processor.draw(request);
    },
    summarize: async (request, watch = async () => {}) => {
      const first = await graphics(request);
      const patient = new Patience(watch);
      const summary = await first?.summarize(request, patient.watch).catch(() => patient.rethrow());
      return summary ?? processor.summarize(request, watch);
    },
  };
}

function isLarge({ shape }: WeightRequest): boolean {
  return shape.reduce((a, b) => a * b, 1) >= WORTH_GPU;
}

/** Tells a device that failed from somebody who waits no more. */
class Patience {
  #end: { readonly reason: unknown } | undefined;

  constructor(private readonly outer: Watch) {}

  readonly watch: Watch = async share => {
    try {
      await this.outer(share);
    } catch (reason) {
      this.#end = { reason };
      throw reason;
    }
  };

  rethrow(): undefined {
    if (this.#end !== undefined) throw this.#end.reason;
    return undefined;
  }
}

/** A graphics processor that is opened when it is first wanted, once. */
export class LazyGpu {
  #opening: Promise<Backend | undefined> | undefined;
  #backend: Backend | undefined;
  #failure: string | undefined;

  /** `open` rejects with the reason where there is none; `start` makes a backend of what it opened. */
  constructor(
    private readonly open: () => Promise<OpenedGpu>,
    private readonly start: (opened: OpenedGpu) => Promise<Backend>,
  ) {}

  /** Why there is none, where it was tried; also when it was lost later. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Forgets what became of it, so that it is opened anew. */
  retry(): void {
    this.#opening = undefined;
    this.#backend = undefined;
    this.#failure = undefined;
  }

  backend(): Promise<Backend | undefined> {
    this.#opening ??= this.#open();
    return this.#opening.then(() => this.#backend);
  }

  /** Begins to open it otherwise. */
  backendIfReady(): Backend | undefined {
    void this.backend();
    return this.#backend;
  }

  async #open(): Promise<Backend | undefined> {
    try {
      const opened = await this.open();
      this.#backend = await this.start(opened);
      void opened.device.lost.then(({ message }) => this.#fail(message || 'the device was lost'));
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
    return this.#backend;
  }

  #fail(reason: string): void {
    this.#failure ??= reason;
    this.#backend = undefined;
  }
}
