/**
 * The simulation of a seed against real torch (test/oracle/signals.py): the same weights, the same input, the same gradient
 * at the output, and with them the std of every layer forward and backward to five digits.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { momentsOf } from '../../server/preview/signal/moments.js';
import { simulatedNetwork } from '../../server/preview/simulation/network.js';
import { exactly, whyNotExact } from '../../server/preview/simulation/refine.js';
import { samplers } from '../core/samplers.js';
import { comparable, evaluated, type Network, networks, skipped } from './networks.js';

const [, sampler] = samplers.at(-1)!;

/** Of the perceptrons, which differ in numbers alone, one for each nonlinearity. */
const isOneOfMany = ({ name }: Network) => /, (xavier|kaiming|small)$/.test(name) && name !== 'selu, small';

for (const network of networks.filter(it => !isOneOfMany(it))) {
  test(`${network.name}: the seed's own numbers`, { skip: skipped(network) }, () => compare(network));
}

test('what only stands in for the code is never called exact', () => {
  const { model, draws, firstDraw } = evaluated({ module: 'networks', call: 'Resized()', input: [2, 3, 8, 8] });
  const simulated = simulatedNetwork(model.graph!, momentsOf)!;
  const reason = whyNotExact(simulated, draws, { seed: 0, build: 'plain', sampler, first: firstDraw });
  assert.match(reason!.message, /resized to the nearest/);
});

/** float32 sums in another order; batch norms take the difference of nearly equal gradients. */
const FORWARD = 1e-5;
const BACKWARD = 2e-4;

function compare(network: Network): void {
  const { model, draws, firstDraw } = evaluated(network);
  const simulated = simulatedNetwork(model.graph!, momentsOf)!;
  const options = { seed: 0, build: 'plain', sampler, first: firstDraw } as const;
  assert.equal(whyNotExact(simulated, draws, options), undefined);
  const figures = finish(exactly(simulated, draws, options));
  let compared = 0;
  for (const [layer, operation] of comparable(network, model.graph!.operations)) {
    const { std, gradient } = figures[simulated.stepOf.get(operation)!]!;
    // SELU's exponential differs in its last bit, which is all that is left of it below 1e-7; the gradient hears of it.
    const forward = layer.stdFirst < 1e-6 || layer.gradientFirst < 1e-6 ? 0.03 : FORWARD;
    assertNear(std, layer.stdFirst, forward, `std of ${layer.name}`);
    assertNear(gradient, layer.gradientFirst, Math.max(forward, BACKWARD), `gradient at ${layer.name}`);
    compared++;
  }
  const own = network.layers.filter(it => !/shortcut/.test(it.name)).length;
  assert.ok(compared >= own, `${compared} of ${own} layers`);
}

function assertNear(found: number | undefined, measured: number, tolerance: number, what: string): void {
  assert.ok(
    found !== undefined && Math.abs(found - measured) <= tolerance * measured,
    `${what}: ${found} for ${measured}`,
  );
}

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
