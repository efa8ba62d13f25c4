/** Applying fixes: none over another, shared edits once, and an end to those that undo each other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../server/analyze.js';
import { applyEdits, chooseFixes, fixAll, isSafe } from '../../server/features/fixes.js';

/** A finding whose one fix replaces [start, end) of `/a.py`. */
function finding(start: number, end: number, text: string, safe = true): Finding {
  const edits = [{ path: '/a.py', start, end, text }];
  return {
    rule: 'a-rule',
    severity: 'warning',
    path: '/a.py',
    span: { start, end },
    message: '',
    fixes: [{ title: 'Replace it', safe, preferred: true, edits }],
    related: [],
    tags: [],
  };
}

test('edits apply from front to back, the same one once', () => {
  const edits = [
    { start: 4, end: 5, text: 'Z' },
    { start: 0, end: 1, text: 'XY' },
    { start: 4, end: 5, text: 'Z' },
  ];
  assert.equal(applyEdits('abcde', edits), 'XYbcdZ');
});

test('a fix that overlaps an earlier one waits', () => {
  const chosen = chooseFixes([finding(0, 3, 'x'), finding(2, 4, 'y'), finding(5, 6, 'z')], isSafe);
  assert.deepEqual(
    chosen.map(it => it.edits[0]?.text),
    ['x', 'z'],
  );
});

test('an unsafe fix is not applied unasked', () => {
  assert.deepEqual(chooseFixes([finding(0, 1, 'x', false)], isSafe), []);
  assert.equal(chooseFixes([finding(0, 1, 'x', false)], () => true).length, 1);
});

test('fixes are applied until nothing changes', () => {
  const check = (text: string) => [...text.matchAll(/a/g)].map(it => finding(it.index, it.index + 1, 'b'));
  assert.deepEqual(fixAll('aXa aa', check, isSafe), { text: 'bXb bb', applied: 4 });
});

test('fixes that undo each other end', () => {
  const check = (text: string) => [finding(0, 1, text.startsWith('a') ? 'b' : 'a')];
  assert.ok(fixAll('a', check, isSafe).applied > 1);
});
