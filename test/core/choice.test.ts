/** Which device takes a request: by setting, by size, and in place of one that fails. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Backend, chosenBackend, LazyGpu, Mt19937, processorBackend, scalarSampler } from '../../core/index.js';

const scalar = processorBackend(scalarSampler);
const spec = { kind: 'normal', mean: 0, std: 1 } as const;
const request = (shape: readonly number[]) => {
  return { spec, shape, dtype: 'float32', build: 'plain', generator: new Mt19937(2) } as const;
};
const neverStarted = () => Promise.reject(new Error('never started'));
const missing = () => new LazyGpu(() => Promise.reject(new Error('no card')), neverStarted);

/** Opened, but of no use. */
class BrokenGpu extends LazyGpu {
  constructor(private readonly broken: Backend) {
    super(() => Promise.reject(new Error('never opened')), neverStarted);
  }

  override async backend() {
    return this.broken;
  }

  override backendIfReady() {
    return this.broken;
  }
}

test('where there is no graphics card the processor answers, and the reason is kept', async () => {
  const gpu = missing();
  const summary = (await chosenBackend('gpu', scalar, gpu).summarize(request([100])))!;
  assert.match(summary.device, /^CPU/);
  assert.equal(gpu.failure, 'no card');
});

test('auto asks for the graphics card only where a layer is large, and never waits for it', async () => {
  let asked = 0;
  const gpu = new LazyGpu(() => {
    asked++;
    return new Promise(() => {});
  }, neverStarted);
  const auto = chosenBackend('auto', scalar, gpu);
  await auto.summarize(request([100]));
  assert.equal(asked, 0);
  const summary = (await auto.summarize(request([2 ** 26])))!;
  assert.equal(asked, 1);
  assert.match(summary.device, /^CPU/);
});

test('a device that fails in its work leaves the request to the processor, generator and all', async () => {
  const failing: Backend = {
    name: 'webgpu',
    draw: () => Promise.reject(new Error('lost')),
    summarize: () => Promise.reject(new Error('lost')),
  };
  const backend = chosenBackend('gpu', scalar, new BrokenGpu(failing));
  const summary = (await backend.summarize(request([64])))!;
  assert.deepEqual(summary, await scalar.summarize(request([64])));
  assert.deepEqual(await backend.draw(request([64])), await scalar.draw(request([64])));
});

test('who waits no more is not answered by the next device', async () => {
  const slow: Backend = {
    name: 'webgpu',
    draw: () => Promise.resolve(undefined),
    summarize: async (_, watch) => {
      await watch!(0.5);
      return undefined;
    },
  };
  const backend = chosenBackend('gpu', scalar, new BrokenGpu(slow));
  const cancelled = async () => {
    throw new Error('nobody waits');
  };
  await assert.rejects(backend.summarize(request([64]), cancelled), /nobody waits/);
});

test('cpu leaves the graphics card alone', () => {
  assert.equal(chosenBackend('cpu', scalar, missing()), scalar);
});
