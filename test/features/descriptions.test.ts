/** Values are described alike here and in a worker, whole or block by block, in a bounded number of parcels. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkerPort } from '../../core/backends/workers/pool.js';
import { bytesOf, type Dtype, roundTo, valuesFor } from '../../core/random/index.js';
import { SpreadSum } from '../../core/summary.js';
import { type Description, type Descriptions, descriptionsOn, type Parcel } from '../../server/descriptions.js';
import type { Terminal } from '../../server/host.js';
import { createHost } from '../../server/node/host.js';
import { installation } from '../../server/node/installation.js';
import { sha256 } from '../../server/node/sha256.js';
import { samplerOf } from '../../server/sampler.js';

const host = createHost(installation);
const sampler = samplerOf(host);
const MANY = 2 ** 24;

interface Parameter {
  readonly name: string;
  readonly count: number;
  readonly dtype?: Dtype;
}

/** Some that lie across parcels, some of other widths, some empty. */
const parameters: readonly Parameter[] = [
  { name: 'a.weight', count: 2 ** 21 + 3 },
  { name: 'a.bias', count: 5 },
  { name: 'half', count: 1001, dtype: 'float16' },
  { name: 'none', count: 0 },
  { name: 'b.weight', count: 2 ** 18 },
  { name: 'double', count: 2 ** 17 + 1, dtype: 'float64' },
  { name: 'c.weight', count: 2 ** 21 },
];

function valuesOf({ count, dtype = 'float32' }: Parameter) {
  const values = valuesFor(dtype, count);
  for (let i = 0; i < count; i++) values[i] = roundTo(dtype, (i % 97) / 97 - 0.25);
  return values;
}

const named = ({ name }: Parameter) => host.encodeUtf8(name);

function expected(): { each: Description[]; whole: string } {
  const whole = sha256();
  const each = parameters.map(it => {
    const own = sha256();
    const bytes = bytesOf(valuesOf(it), it.dtype ?? 'float32');
    own.update(bytes);
    whole.update(named(it));
    whole.update(bytes);
    const sum = new SpreadSum();
    sum.add(valuesOf(it));
    return { sha256: own.finish(), ...(sum.spread && { spread: sum.spread }) };
  });
  return { each, whole: whole.finish() };
}

/** Every block is overwritten as soon as it may be. */
async function describedBy(descriptions: Descriptions, block: number): Promise<{ each: Description[]; whole: string }> {
  const each: Promise<Description>[] = [];
  for (const it of parameters) {
    const all = valuesOf(it);
    descriptions.begin(named(it), all.byteLength);
    for (let at = 0; at < all.length; at += block) {
      const values = all.subarray(at, at + block);
      await descriptions.add({ values, bytes: bytesOf(values, it.dtype ?? 'float32') });
      values.fill(7);
    }
    each.push(descriptions.end());
  }
  const whole = await descriptions.finish();
  return { each: await Promise.all(each), whole };
}

/** Sums round in the order of the blocks. */
const rounded = ({ sha256: hash, spread }: Description) => [
  hash,
  ...(spread ? [spread.min, spread.max, spread.mean.toPrecision(11), spread.std.toPrecision(11)] : []),
];

test('a worker says what is said here, whatever the blocks', async () => {
  const { each, whole } = expected();
  assert.equal(each[0]!.spread!.max, Math.fround(96 / 97 - 0.25));
  assert.equal(each[3]!.spread, undefined);
  for (const block of [2 ** 16, 4093, 2 ** 23]) {
    for (const threads of [1, 2]) {
      const descriptions = descriptionsOn({ ...host, threads }, MANY, sampler);
      const found = await describedBy(descriptions, block);
      assert.equal(found.whole, whole, `blocks of ${block}, ${threads} threads`);
      assert.deepEqual(found.each.map(rounded), each.map(rounded), `blocks of ${block}, ${threads} threads`);
      descriptions.stop();
    }
  }
});

test('what a worker has no time for is hashed here', async () => {
  const own: boolean[] = [];
  const startWorker = () => {
    const port = host.startWorker();
    const post: WorkerPort['post'] = (message, transferred) => {
      for (const it of (message as Parcel).pieces) if (it.kind === 'begin') own.push(!it.isOwn);
      port.post(message, transferred);
    };
    return { ...port, post };
  };
  const descriptions = descriptionsOn({ ...host, threads: 2, startWorker }, MANY, sampler);
  const values = valuesOf({ name: 'w', count: 2 ** 21 });
  const bytes = bytesOf(values, 'float32');
  const digest = sha256();
  digest.update(bytes);
  const expectedHash = digest.finish();
  const whole = sha256();
  const each: Promise<Description>[] = [];
  for (let i = 0; i < 24; i++) {
    const name = host.encodeUtf8(`${i}`);
    whole.update(name);
    whole.update(bytes);
    descriptions.begin(name, bytes.length);
    await descriptions.add({ values, bytes });
    each.push(descriptions.end());
  }
  assert.equal(await descriptions.finish(), whole.finish());
  assert.deepEqual([...new Set((await Promise.all(each)).map(it => it.sha256))], [expectedHash]);
  assert.equal(own.length, 24);
  assert.ok(own.includes(true) && own.includes(false));
  descriptions.stop();
});

test('what is larger than may wait for a worker is hashed here, and a worker that was started too early is stopped', async () => {
  const { port, sent, answer } = scripted();
  const descriptions = descriptionsOn(host, MANY, sampler, port);
  const values = new Float32Array(2 ** 23 + 1);
  const bytes = bytesOf(values, 'float32');
  descriptions.begin(host.encodeUtf8('w'), bytes.length);
  const added = descriptions.add({ values, bytes });
  while (sent.length < 32) await new Promise(resolve => setImmediate(resolve));
  assert.deepEqual(sent[0]!.pieces[0], { kind: 'begin', name: host.encodeUtf8('w'), isOwn: false });
  answer({ parcel: sent[0]!.parcel, hashes: [] });
  await added;
  const digest = sha256();
  digest.update(bytes);
  assert.equal((await descriptions.end()).sha256, digest.finish());

  const stopped: string[] = [];
  descriptionsOn(host, 64, sampler, { ...port, stop: () => void stopped.push('early') });
  assert.deepEqual(stopped, ['early']);
});

test('what is small stays here, and so does everything without workers', async () => {
  const never = () => assert.fail('a worker was started');
  for (const [threads, bytes] of [
    [2, 64],
    [1, MANY],
  ] as const) {
    const descriptions = descriptionsOn({ ...host, threads, startWorker: never }, bytes, sampler);
    descriptions.begin(host.encodeUtf8('w'), 0);
    assert.match((await descriptions.end()).sha256, /^e3b0c442/);
  }
});

test('no more than 32 MiB wait for a worker', async () => {
  const { port, sent, answer } = scripted();
  const descriptions = descriptionsOn(withPort(port), MANY, sampler);
  const values = new Float32Array(2 ** 24);
  descriptions.begin(host.encodeUtf8('w'), values.byteLength);
  let isDone = false;
  const added = descriptions.add({ values, bytes: bytesOf(values, 'float32') }).then(() => {
    isDone = true;
  });
  await new Promise(resolve => setTimeout(resolve, 50));
  assert.equal(isDone, false);
  assert.equal(sent.length, 32);
  while (!isDone) {
    const { parcel } = sent.shift()!;
    answer({ parcel, hashes: [] });
    await new Promise(resolve => setImmediate(resolve));
  }
  await added;
});

test('a worker that fails is heard of, before and after', async () => {
  const { port, answer } = scripted();
  const descriptions = descriptionsOn(withPort(port), MANY, sampler);
  descriptions.begin(host.encodeUtf8('w'), 0);
  const lost = descriptions.end();
  answer({ failure: 'out of memory' });
  await assert.rejects(lost, /out of memory/);
  await assert.rejects(descriptions.finish(), /out of memory/);
});

const withPort = (port: WorkerPort): Terminal => ({ ...host, threads: 2, startWorker: () => port });

function scripted() {
  let received: (message: unknown) => void = () => {};
  const sent: Parcel[] = [];
  const port: WorkerPort = {
    post: message => void sent.push(message as Parcel),
    listen(to) {
      received = to;
    },
    stop() {},
  };
  return { port, sent, answer: (message: unknown) => received(message) };
}
