/** Loops that go on for long end early, sooner where they build nothing, and tell of nothing that further turns would have changed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Instance, type List, Unknown } from '../../server/interpreter/values.js';
import { evaluateText } from './evaluate.js';

const training = `
kept = 'first'
total, step = 0.0, 0
for step in range(1_000_000):
    total += step * 0.5
    kept = 'later'
after = len(kept)
`;

test('a training loop ends after some turns, what stands beside it is known, its counters are not', () => {
  const { machine, variables } = evaluateText(training, { strict: false });
  assert.ok(machine.steps < 100_000, `${machine.steps} steps`);
  assert.ok(variables.get('total') instanceof Unknown);
  assert.equal(variables.get('kept'), 'later');
  assert.equal(variables.get('after'), 5);
});

test('a loop that only a number ends, ends after some turns too', () => {
  const { machine, variables } = evaluateText('n = 0\nwhile n < 10**9:\n    n += 1\nafter = n', { strict: false });
  assert.ok(machine.steps < 100_000, `${machine.steps} steps`);
  assert.ok(variables.get('after') instanceof Unknown);
});

test('where every value counts, and where something is built, all turns are taken', () => {
  const sum = 'total = 0\nfor i in range(30_000):\n    total += i';
  assert.equal(evaluateText(sum).variables.get('total'), 449_985_000);
  const building = 'class A: pass\nmade = []\nfor i in range(3_000):\n    made.append(A())\n    made[-1].a = i + i + i';
  const made = evaluateText(building, { strict: false }).variables.get('made') as List;
  assert.equal(made.items.length, 3_000);
  assert.ok(made.items[2_999] instanceof Instance);
});

test('training that makes something in every turn ends too', () => {
  const code = 'class Context: pass\nstep = 0\nwhile step < 10**9:\n    Context()\n    step += 1';
  const { machine, variables } = evaluateText(code, { strict: false });
  assert.ok(machine.steps < 200_000, `${machine.steps} steps`);
  assert.ok(variables.get('step') instanceof Unknown);
});

test('an elementary function costs what it takes', () => {
  const { machine } = evaluateText('x = [(i + 2) ** 0.5 for i in range(1_000)]', { strict: false });
  assert.ok(machine.steps > 20_000, `${machine.steps} steps`);
});

test('an array costs what it takes to fill', () => {
  const code = 'import numpy as np\nkept = [np.arange(i, 80_000) for i in range(10)]';
  const { machine } = evaluateText(code, { strict: false });
  assert.ok(machine.steps > 90_000, `${machine.steps} steps`);
});
