/** Workers together give what one machine gives; where they fail, it does. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { perform, rehearsal } from '../../core/backends/workers/task.js';
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
  test(`three workers and their owner measure one ${spec.kind} draw, remainder included`, async () => {
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
      post: task => (task === rehearsal ? received({ answer: perform(rehearsal, sampler) }) : failed('out of memory')),
      listen(whenReceived, whenFailed) {
        received = whenReceived;
        failed = whenFailed;
        received({ ready: true });
      },
      stop() {},
    };
  });
  pool.warm();
  while (pool.ready < 2) await Promise.resolve();
  const found = await summarize(specs[1]!, pool);
  const alone = await summarize(specs[1]!, undefined);
  assert.equal(found.next, alone.next);
  assert.deepEqual(found.summary.histogram.counts, alone.summary.histogram.counts);
  assert.ok(Math.abs(found.summary.std - alone.summary.std) < 1e-9);
  assert.equal(pool.failure, 'out of memory');
});

test('a worker that cannot do its first task is none', async () => {
  const pool = poolOf(2, () => {
    let received: (message: unknown) => void = () => {};
    return {
      post: () => received({ failure: 'no kernel here' }),
      listen(whenReceived) {
        received = whenReceived;
        received({ ready: true });
      },
      stop() {},
    };
  });
  pool.warm();
  while (pool.failure === undefined) await Promise.resolve();
  assert.equal(pool.ready, 0);
  assert.equal(pool.failure, 'no kernel here');
});

test('workers that fail as they start are not started over and over', () => {
  let started = 0;
  const pool = poolOf(3, () => {
    started++;
    return { post() {}, listen: (_, failed) => failed('no room'), stop() {} };
  });
  pool.warm();
  assert.equal(started, 1);
  assert.equal(pool.failure, 'no room');
});

test('workers start behind the answer to a large draw, and a small one starts none', async () => {
  const waiting: (() => void)[] = [];
  const host = { start: () => startWorker(program, { kernelFolder }), later: (it: () => void) => waiting.push(it) };
  const pool = new WorkerPool(1, host);
  pools.push(pool);
  await summarize(specs[0]!, pool, 2 ** 20);
  assert.equal(waiting.length, 0);
  const first = await summarize(specs[0]!, pool);
  assert.match(first.summary.device, /^CPU, WebAssembly$/);
  assert.equal(waiting.length, 1);
  waiting[0]!();
  while (pool.ready < 1) await new Promise(resolve => setTimeout(resolve, 10));
  const next = await summarize(specs[0]!, pool);
  assert.match(next.summary.device, /in 2 threads$/);
  assert.equal(waiting.length, 1);
});

const COUNT = 2 ** 21 + 1003;

async function summarize(spec: InitSpec, pool: WorkerPool | undefined, count = COUNT) {
  const generator = new Mt19937(11);
  const request = { spec, shape: [count], dtype: 'float32', build: 'plain', generator } as const;
  const summary = (await processorBackend(sampler, pool).summarize(request))!;
  return { summary, next: generator.word() };
}

function poolOf(size: number, start: () => WorkerPort): WorkerPool {
  const pool = new WorkerPool(size, { start, later: callback => callback() });
  pools.push(pool);
  return pool;
}

async function readyPool(size: number): Promise<WorkerPool> {
  const pool = poolOf(size, () => startWorker(program, { kernelFolder }));
  pool.warm();
  while (pool.ready < size) {
    assert.equal(pool.failure, undefined);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  return pool;
}
