/** Which entry points of a file are evaluated, and with how many steps. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budget } from '../../server/evaluation/budget.js';

/** Names are steps that the entry would take. */
function evaluated(entries: readonly number[]): readonly (readonly [wanted: number, given: number])[] {
  const budget = new Budget();
  return Array.from(budget.inTurn(entries), wanted => {
    const given = Math.min(wanted, budget.next());
    budget.spend(given);
    return [wanted, given];
  });
}

test('a file of ordinary networks is evaluated in order, as a whole', () => {
  const entries = [4000, 300, 2500, 900];
  assert.deepEqual(
    evaluated(entries),
    entries.map(it => [it, it]),
  );
});

test('behind networks that take all steps, small ones are evaluated from the other end', () => {
  const small = Array.from({ length: 20 }, (_, i) => 500 + i);
  const found = evaluated([10 ** 9, 10 ** 9, 10 ** 9, ...small]);
  assert.deepEqual(
    found.slice(2, 22),
    small.toReversed().map(it => [it, it]),
  );
});

test('an endless number of endless entry points comes to an end', () => {
  const found = evaluated(Array.from({ length: 1000 }, () => 10 ** 9));
  const total = found.reduce((sum, [, given]) => sum + given, 0);
  assert.ok(found.length < 20 && total < 200_000, `${found.length} of them, ${total} steps`);
});
