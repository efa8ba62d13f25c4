/** Workers together give what one machine gives; where they fail, it does. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type InitSpec, Mt19937, processorBackend, WorkerPool, type WorkerPort } from '../../core/index.js';
import { startWorker } from '../../server/node/workers.js';
import { kernelFolder, samplers } from './samplers.js';

const sampler = samplers[1]![1];
const program = fileURLToPath(new URL('../../dist/worker.js', import.meta.url));
const pools: WorkerPool[] = [];
after(() => {
  for (const pool of pools) pool.stop();
});

const specs: readonly InitSpec[] = [
  { kind: 'uniform', low: -0.1, high: 0.3 },
  { kind: 'normal', mean: 0.2, std: 0.02 },
];

for (const spec of specs) {
  test(`three workers measure one ${spec.kind} draw, remainder included`, async () => {
    const pool = await readyPool(3);
    const shared = await summarize(spec, pool);
    const alone = await summarize(spec, undefined);
    assert.equal(shared.next, alone.next);
    assert.deepEqual(shared.summary.histogram.counts, alone.summary.histogram.counts);
    for (const key of ['count', 'min', 'max', 'zeros'] as const) assert.equal(shared.summary[key], alone.summary[key]);
    for (const key of ['mean', 'std', 'skewness', 'kurtosis'] as const) {
      assert.ok(Math.abs(shared.summary[key] - alone.summary[key]) < 1e-6, key);
    }
  });
}

test('workers that cannot start leave the draw to the machine, and say why', async () => {
  const pool = poolOf(2, () => {
    throw new Error('no threads here');
  });
  const found = await summarize(specs[0]!, pool);
  assert.equal(found.summary.count, COUNT);
  assert.equal(pool.failure, 'no threads here');
});

test('a worker that dies in its work leaves the draw to the machine', async () => {
  const pool = poolOf(2, () => {
    let received: (message: unknown) => void = () => {};
    let failed: (reason: string) => void = () => {};
    return {
      post: () => failed('out of memory'),
      listen(whenReceived, whenFailed) {
        received = whenReceived;
        failed = whenFailed;
        received({ ready: true });
      },
      stop() {},
    };
  });
  pool.warm();
  assert.ok(pool.isReady);
  const found = await summarize(specs[1]!, pool);
  const alone = await summarize(specs[1]!, undefined);
  assert.deepEqual(found, alone);
  assert.equal(pool.failure, 'out of memory');
});

const COUNT = 2 ** 21 + 1003;

async function summarize(spec: InitSpec, pool: WorkerPool | undefined) {
  const generator = new Mt19937(11);
  const request = { spec, shape: [COUNT], dtype: 'float32', build: 'plain', generator } as const;
  const summary = (await processorBackend(sampler, pool).summarize(request))!;
  return { summary, next: generator.word() };
}

function poolOf(size: number, start: () => WorkerPort): WorkerPool {
  const pool = new WorkerPool(size, start);
  pools.push(pool);
  return pool;
}

async function readyPool(size: number): Promise<WorkerPool> {
  const pool = poolOf(size, () => startWorker(program, { kernelFolder }));
  pool.warm();
  while (!pool.isReady) {
    assert.equal(pool.failure, undefined);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  return pool;
}
