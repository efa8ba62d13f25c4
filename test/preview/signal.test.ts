/**
 * The signal of whole networks against what real torch measured by hooks over many seeds (test/oracle/signals.py): every
 * layer's std forward and backward, within the band that is stated, and no band wider than twice the spread. Where torch is
 * installed one network is measured anew.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { refinedReport } from '../../server/features/signal/refine.js';
import type { SignalRow } from '../../server/features/signal/rows.js';
import type { Operation } from '../../server/model/graph.js';
import { signalOf } from '../../server/preview/signal/index.js';
import { samplers } from '../core/samplers.js';
import {
  comparable,
  evaluated,
  hasTorchvision,
  type Measured,
  type Network,
  networks,
  oracle,
  python,
  skipped,
} from './networks.js';

const [, sampler] = samplers.at(-1)!;

/** Of layers that have to be right, forward and backward. */
const SHARE = 0.95;
/** What three digits round away. */
const ROUNDING = 0.005;
/** Of a band by Monte Carlo. */
const WIDEST = 0.25;

for (const network of networks) {
  test(`${network.name}: std of activations and gradients, layer by layer`, { skip: skipped(network) }, context =>
    compare(network, context),
  );
}

test('torch still measures what the golden file says', { skip: hasTorchvision ? false : 'needs torch' }, () => {
  const args = [`${oracle}/signals.py`, '--seeds', '2', 'tanh, xavier'];
  const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const [measured] = (JSON.parse(stdout) as { networks: Network[] }).networks;
  const known = networks.find(it => it.name === measured!.name)!;
  for (const [index, { name, stdFirst, gradientFirst }] of measured!.layers.entries()) {
    assert.ok(isWithin(stdFirst, known.layers[index]!.stdFirst, 1e-3), `${name}: ${stdFirst}`);
    assert.ok(isWithin(gradientFirst, known.layers[index]!.gradientFirst, 1e-3), `${name}: ${gradientFirst}`);
  }
});

interface Compared {
  readonly name: string;
  readonly value: number | undefined;
  readonly band: number;
  readonly measured: number;
  readonly spread: number;
  readonly source: SignalRow['source'];
}

function compare(network: Network, context: TestContext): void {
  const { model, draws, firstDraw } = evaluated(network);
  const construction = { draws, firstDraw };
  const options = { method: 'auto', seed: 0, build: 'plain', sampler, construction } as const;
  const report = finish(refinedReport(model, { ...options, seed: FIRST_SEED }));
  assert.ok(typeof report !== 'string', String(report));
  const rowOf = rowsOf(
    signalOf(model)!.operations.map(it => it.operation),
    report.rows,
  );
  const found = [...comparable(network, model.graph!.operations)].map(
    ([layer, operation]) => [layer, rowOf(operation)] as const,
  );
  const expected = network.layers.filter(it => !/shortcut/.test(it.name)).length;
  assert.ok(found.length >= expected, `${found.length} of ${expected} layers compared`);
  const known = found.filter((it): it is readonly [Measured, SignalRow] => it[1] !== undefined);
  for (const [direction, compared] of Object.entries({ forward, backward })) {
    const layers = known.map(([layer, row]) => compared(layer, row));
    context.diagnostic(`${network.name}, ${direction}: ${hold(layers, direction)}`);
  }
}

/** Others than torch's own, which begin at 0. */
const FIRST_SEED = 100;

const forward = ({ name, std, stdSpread }: Measured, { std: value, band = 0, source }: SignalRow): Compared => ({
  name,
  value,
  band,
  measured: std,
  spread: stdSpread,
  source,
});

const backward = (
  { name, gradient, gradientSpread }: Measured,
  { gradient: value, gradientBand = 0, source }: SignalRow,
): Compared => ({ name, value, band: gradientBand, measured: gradient, spread: gradientSpread, source });

/** How many hold, which the test reports. */
function hold(layers: readonly Compared[], direction: string): string {
  const misses = layers.filter(it => !isWithin(it.value, it.measured, it.band));
  const told = (some: readonly Compared[]) => some.map(it => JSON.stringify(it)).join('\n');
  assert.ok(misses.length <= (1 - SHARE) * layers.length, `${direction}, outside of the band:\n${told(misses)}`);
  const wide = layers.filter(isTooWide);
  assert.ok(
    wide.length <= (1 - SHARE) * layers.length,
    `${direction}, ${wide.length} of ${layers.length} too wide:\n${told(wide)}`,
  );
  const [within, narrow] = [layers.length - misses.length, layers.length - wide.length];
  return `${within} of ${layers.length} layers within the band, ${narrow} bands no wider than asked`;
}

function isWithin(value: number | undefined, measured: number, band: number): boolean {
  if (value === undefined) return false;
  return value === measured || Math.abs(Math.log(value / measured)) <= band;
}

function isTooWide({ band, spread, source, measured }: Compared): boolean {
  if (measured === 0) return false;
  return band > Math.max(2 * spread, source === 'Monte Carlo' ? WIDEST : ROUNDING);
}

/** Rows stand in the order of the operations that are shown. */
function rowsOf(operations: readonly Operation[], rows: readonly SignalRow[]) {
  const found = new Map<Operation, SignalRow>();
  let next = 0;
  for (const operation of operations) {
    const row = rows[next];
    if (row?.operation !== operation.name || row.site !== operation.site) continue;
    found.set(operation, row);
    next++;
  }
  return (operation: Operation) => found.get(operation);
}

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
