/** Draws the networks of test/oracle/weights and compares names, shapes and bytes with what real torch gave. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createProject } from '../../server/analyze.js';
import { drawWeights, evaluateForSeed, type Weights, type WeightsOptions } from '../../server/features/weights.js';
import { createHost } from '../../server/node/host.js';

type Row = readonly [name: string, shape: readonly number[], sha256: string];

interface Network {
  readonly kind: 'EXACT' | 'INEXACT';
  readonly sha256: string;
  readonly parameters: readonly Row[];
}

interface Golden {
  readonly torch: string;
  readonly seed: number;
  readonly networks: Readonly<Record<string, Network>>;
}

const oracle = new URL('../oracle/', import.meta.url);
const golden: Golden = JSON.parse(readFileSync(new URL('golden/weights.json', oracle), 'utf8'));
const host = createHost({
  version: '0',
  rulesFolder: '',
  kernelFolder: '',
  workerProgram: '',
  checkerProgram: '',
  dawnFolder: '',
});
const folder = fileURLToPath(new URL('weights', oracle));
const digits = 16;

for (const [target, network] of Object.entries(golden.networks)) {
  test(`${target} starts with torch's weights`, async () => {
    const { rows, sha256, inexact } = await drawn(target);
    assert.deepEqual(
      rows.map(([name, shape]) => [name, shape]),
      network.parameters.map(([name, shape]) => [name, shape]),
    );
    assert.equal(inexact === undefined, network.kind === 'EXACT', inexact?.message);
    if (network.kind === 'INEXACT') return;
    assert.deepEqual(rows, network.parameters);
    assert.equal(sha256, network.sha256);
  });
}

async function drawn(target: string): Promise<Weights & { readonly rows: readonly Row[] }> {
  const project = createProject({
    files: host,
    roots: [folder],
    pythonPath: [],
    settings: new Map([['torch-version', golden.torch]]),
  });
  const options: WeightsOptions = { seed: BigInt(golden.seed), build: 'plain' };
  const evaluated = evaluateForSeed(project, target, options, host);
  if ('error' in evaluated) throw new Error(evaluated.error);
  const weights = await drawWeights(evaluated, options, host);
  const rows = weights.parameters.map(({ parameter, description }): Row => {
    return [parameter.name, (parameter.shape ?? []).map(Number), (description?.sha256 ?? '').slice(0, digits)];
  });
  return { ...weights, rows };
}

test('the golden file is what torch says here', t => {
  const live = asked();
  if (live === undefined) return t.skip('python3 has no torch of this version');
  assert.deepEqual(live, golden);
});

function asked(): Golden | undefined {
  try {
    const script = fileURLToPath(new URL('weights.py', oracle));
    const text = execFileSync('/usr/bin/python3', [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const live: Golden = JSON.parse(text);
    return live.torch === golden.torch ? live : undefined;
  } catch {
    return undefined;
  }
}
