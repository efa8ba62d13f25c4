/** Values are described alike here and in a worker, and no more of them are held than promised. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkerPort } from '../../core/backends/workers/pool.js';
import { type Described, Descriptions, describe } from '../../server/descriptions.js';
import type { Terminal } from '../../server/host.js';
import { createHost } from '../../server/node/host.js';
import { installation } from '../../server/node/installation.js';
import { sha256 } from '../../server/node/sha256.js';

const host = createHost(installation);
const SIZE = 2 ** 24;

function described(count: number): Described {
  const values = Float32Array.from({ length: count }, (_, i) => (i % 97) / 97);
  return { values, bytes: new Uint8Array(values.buffer) };
}

test('a worker says what would be said here', async () => {
  const descriptions = new Descriptions({ ...host, workers: 2 }, [SIZE]);
  const expected = describe(described(SIZE / 4), sha256());
  const sent = described(SIZE / 4);
  assert.deepEqual(await descriptions.of(sent), expected);
  assert.equal(sent.bytes.length, 0, 'the values were not handed over');
  descriptions.stop();
});

test('what is small, or all there is without workers, stays here', async () => {
  const never = () => assert.fail('a worker was started');
  const little = new Descriptions({ ...host, workers: 2, startWorker: never }, [64, 64]);
  assert.deepEqual(await little.of(described(16)), describe(described(16), sha256()));
  const alone = new Descriptions({ ...host, workers: 1, startWorker: never }, [SIZE]);
  const kept = described(SIZE / 4);
  await alone.of(kept);
  assert.equal(kept.bytes.length, SIZE);
});

test('room is twice the largest part', async () => {
  const { port, answer } = scripted();
  const descriptions = new Descriptions(withPort(port), [SIZE, SIZE, SIZE]);
  const first = descriptions.of(described(SIZE / 4));
  await descriptions.room(SIZE);
  const second = descriptions.of(described(SIZE / 4));
  let hasRoom = false;
  const third = descriptions.room(SIZE).then(() => {
    hasRoom = true;
  });
  await new Promise(resolve => setImmediate(resolve));
  assert.equal(hasRoom, false);
  answer({ description: { sha256: 'a' } });
  await third;
  answer({ description: { sha256: 'b' } });
  assert.deepEqual([await first, await second], [{ sha256: 'a' }, { sha256: 'b' }]);
});

test('a worker that fails is heard of', async () => {
  const { port, answer } = scripted();
  const descriptions = new Descriptions(withPort(port), [SIZE]);
  const lost = descriptions.of(described(SIZE / 4));
  answer({ failure: 'out of memory' });
  await assert.rejects(lost, /out of memory/);
});

const withPort = (port: WorkerPort): Terminal => ({ ...host, workers: 2, startWorker: () => port });

function scripted() {
  let received: (message: unknown) => void = () => {};
  const port: WorkerPort = {
    post() {},
    listen(to) {
      received = to;
    },
    stop() {},
  };
  return { port, answer: (message: unknown) => received(message) };
}
