/** A worker, in a browser: the first message brings the compiled kernels. */
import type { KernelVariant } from '../../core/backends/wasm/kernel.js';
import type { Task } from '../../core/index.js';
import { startTasks } from '../worker.js';
import { instantiate, type Kernels } from './kernel.js';

let answer: ((task: Task) => void) | undefined;

self.onmessage = ({ data }: MessageEvent<Kernels | Task>) => {
  if (answer !== undefined) answer(data as Task);
  else
    answer = startTasks({ loadKernel: (variant: KernelVariant) => instantiate((data as Kernels)[variant]) }, it =>
      self.postMessage(it),
    );
};
