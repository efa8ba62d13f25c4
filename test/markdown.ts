/**
 * Runs a Markdown page as a test. Comments in its ` ```py ` blocks say what must be found; what is not expected fails.
 *
 *     nn.init.zeros_(w)
 *     #       ^^^^^^ warning[zero-weight]: part of the message
 *     nn.init.zeros_(b)  # reveal: part of what was concluded here
 *
 * ` ```py title=models/net.py ` names a file, ` ```py fixed ` is the file after its fixes; `UPDATE=1` rewrites the latter.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { casesOf } from './markdown/blocks.js';
import { fixedCode, mismatchesOf } from './markdown/compare.js';

export function specify(path: string): void {
  if (process.env.UPDATE !== undefined) update(path);
  const page = readFileSync(path, 'utf8');
  suite(path, () => {
    for (const each of casesOf(page)) {
      test(each.title, () => assert.equal(mismatchesOf(each).join('\n'), ''));
    }
  });
}

function update(path: string): void {
  const page = readFileSync(path, 'utf8');
  const pieces = casesOf(page).flatMap(each =>
    each.files.flatMap(block => (block.fixed ? [{ ...block.fixed, now: fixedCode(each, block) }] : [])),
  );
  const updated = pieces
    .toReversed()
    .reduce((text, { start, code, now }) => text.slice(0, start) + now + text.slice(start + code.length), page);
  if (updated !== page) writeFileSync(path, updated);
}
