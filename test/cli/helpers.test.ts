/** A check with helpers finds what one process finds, in the same order, also where a helper fails. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { WorkerPort } from '../../core/backends/workers/pool.js';
import { configurationsFor } from '../../server/cli/check/configurations.js';
import { checkOptions } from '../../server/cli/check/options.js';
import { runCheck } from '../../server/cli/check/run.js';
import { CheckSession } from '../../server/cli/check/session.js';
import { readArguments } from '../../server/cli/options.js';
import type { Terminal } from '../../server/host.js';
import { createHost } from '../../server/node/host.js';
import { installation } from '../../server/node/installation.js';
import { deprecated, kaimingRelu, xavierRelu } from '../lsp/samples.js';
import { temporaryFolder } from '../temporary.js';

const COUNT = 240;
const samples = [xavierRelu, deprecated, kaimingRelu, `# initlens: ignore[gain-mismatch]\n${kaimingRelu}`];
const folder = temporaryFolder({
  'helper.py': 'from torch import nn\n\ndef start(m):\n    nn.init.xavier_uniform(m.weight)\n',
  ...Object.fromEntries(
    Array.from({ length: COUNT }, (_, i) => [`m${i}.py`, `${samples[i % samples.length]}\nfrom helper import start\n`]),
  ),
});
writeFileSync(join(folder.path, 'broken.py'), new Uint8Array([0x61, 0xff, 0xfe]));
after(() => folder.remove());

const host: Terminal = { ...createHost(installation), currentFolder: folder.path };

function checked(changes: Partial<Terminal>) {
  const terminal: Terminal = { ...host, ...changes };
  const given = readArguments([], checkOptions);
  const files = ['broken.py', 'helper.py', ...Array.from({ length: COUNT }, (_, i) => `m${i}.py`)].map(it => ({
    path: join(folder.path, it),
  }));
  const session = new CheckSession(terminal, given, configurationsFor(given, terminal));
  return runCheck(files, session, () => false);
}

const alone = await checked({ threads: 1 });

test('one process finds something in every kind of file', () => {
  assert.equal(alone?.report.files, COUNT + 1);
  assert.equal(alone?.report.errors.length, 1);
  const rules = new Set(alone?.report.findings.map(it => it.rule));
  assert.deepEqual([...rules].sort(), [
    'deprecated-initializer',
    'gain-mismatch',
    'unused-initializer',
    'unused-suppression',
  ]);
});

test('with helpers the report is the same', async () => {
  let asked = 0;
  const startChecker: Terminal['startChecker'] = given => counting(host.startChecker(given), () => asked++);
  assert.deepEqual(await checked({ threads: 3, startChecker }), alone);
  assert.ok(asked > 0, 'no helper was asked');
});

test('what a helper leaves undone is done without it', async () => {
  const failing: WorkerPort = {
    post() {
      this.failed('out of memory');
    },
    failed: (_: string) => {},
    listen(received: (message: unknown) => void, failed: (reason: string) => void) {
      this.failed = failed;
      setImmediate(() => received('ready'));
    },
    stop() {},
  } as WorkerPort & { failed(reason: string): void };
  assert.deepEqual(await checked({ threads: 2, startChecker: () => failing }), alone);
});

test('where no worker can be started there is none', async () => {
  const startChecker = () => {
    throw new Error('no threads here');
  };
  assert.deepEqual(await checked({ threads: 4, startChecker }), alone);
});

function counting(port: WorkerPort, asked: () => void): WorkerPort {
  return {
    post(message) {
      asked();
      port.post(message);
    },
    listen: (received, failed) => port.listen(received, failed),
    stop: () => port.stop(),
  };
}
