/** A graphics card that fails while it is measured is opened once more; what is said of it then. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Backend, LazyGpu, processorBackend, scalarSampler } from '../../core/index.js';
import { graphicsOn } from '../../server/features/devices.js';

const clock = { now: () => performance.now(), schedule: (ms: number, done: () => void) => void setTimeout(done, ms) };

/** Opened as often as it is asked for; the first so many of them fail in their work. */
function cardThatFails(times: number): LazyGpu {
  let opened = 0;
  const lost = new Promise<{ message: string }>(() => {});
  const open = async () => ({ device: { lost } as never, name: 'a card' });
  return new LazyGpu(open, async (): Promise<Backend> => {
    opened++;
    const failing = () => Promise.reject(new Error(`lost ${opened}`));
    const working = processorBackend(scalarSampler);
    return opened <= times ? { ...working, summarize: failing } : { ...working, summarize: async () => told() };
  });
}

const told = () => ({ device: 'GPU, a card' }) as Awaited<ReturnType<Backend['summarize']>>;

test('a card that is lost once is measured on the second try', async () => {
  const { device, skipped } = await graphicsOn(cardThatFails(1), clock as never);
  assert.equal(skipped, undefined);
  assert.equal(device, 'GPU, a card');
});

test('a card that is lost twice is skipped, for both reasons', async () => {
  const { skipped } = await graphicsOn(cardThatFails(2), clock as never);
  assert.equal(skipped, 'lost 1; on a second try: lost 2');
});

test('a card that is not there is looked for once', async () => {
  let looks = 0;
  const none = new LazyGpu(
    () => {
      looks++;
      return Promise.reject(new Error('no card'));
    },
    async () => processorBackend(scalarSampler),
  );
  assert.equal((await graphicsOn(none, clock as never)).skipped, 'no card');
  assert.equal(looks, 1);
});
