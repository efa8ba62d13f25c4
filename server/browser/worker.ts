/** A worker, in a browser: the first message brings the compiled kernels. */
import type { KernelVariant } from '../../core/backends/wasm/kernel.js';
import { type Errand, startTasks } from '../worker.js';
import { instantiate, type Kernels } from './kernel.js';
import { Sha256 } from './sha256.js';

let answer: ((errand: Errand) => void) | undefined;

self.onmessage = ({ data }: MessageEvent<Kernels | Errand>) => {
  if (answer !== undefined) answer(data as Errand);
  else {
    const loadKernel = (variant: KernelVariant) => instantiate((data as Kernels)[variant]);
    answer = startTasks({ loadKernel, sha256: () => new Sha256() }, (reply, transferred = []) =>
      self.postMessage(reply, [...transferred]),
    );
  }
};
