/** Offsets, positions of the protocol, and what terminals count. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { LineMap } from '../../server/text/lines.js';
import { Source } from '../../server/text/source.js';

const MIXED = 'a\r\nbc\rd\n\né😀x\u2028y';

test('lines end with every line break that Python knows, and with no other', () => {
  const map = new LineMap(MIXED);
  assert.deepEqual(
    Array.from({ length: map.lineCount }, (_, line) => map.textOf(line)),
    ['a', 'bc', 'd', '', 'é😀x\u2028y'],
  );
});

test('every offset comes back from its position', () => {
  const map = new LineMap(MIXED);
  for (let offset = 0; offset <= MIXED.length; offset++) {
    const isBreak = /[\r\n]/.test(MIXED[offset - 1] ?? '') && /[\r\n]/.test(MIXED[offset] ?? '');
    if (!isBreak) assert.equal(map.offsetAt(map.positionAt(offset)), offset, `offset ${offset}`);
  }
});

test('positions count code units, locations code points', () => {
  const map = new LineMap(MIXED);
  const offset = MIXED.indexOf('x');
  assert.deepEqual(map.positionAt(offset), { line: 4, character: 3 });
  assert.deepEqual(map.locationAt(offset), { line: 5, column: 3 });
  assert.equal(map.offsetOf({ line: 5, column: 3 }), offset);
});

test('what lies outside is moved inside', () => {
  const map = new LineMap('ab\ncd');
  assert.equal(map.offsetAt({ line: 0, character: 99 }), 2);
  assert.equal(map.offsetAt({ line: 99, character: 0 }), 5);
  assert.equal(map.offsetAt({ line: -1, character: 5 }), 0);
  assert.equal(map.offsetOf({ line: 1, column: -3 }), 0);
  assert.equal(map.offsetOf({ line: 0, column: 1 }), 0);
  assert.deepEqual(map.positionAt(-1), { line: 0, character: 0 });
  assert.deepEqual(map.positionAt(99), { line: 1, character: 2 });
});

test('between the two characters of a line break lies the end of its line', () => {
  assert.deepEqual(new LineMap('a\r\nb').positionAt(2), { line: 0, character: 1 });
});

test('a byte order mark is no column', () => {
  const map = new LineMap('\ufeffx = 1\ny');
  assert.deepEqual(map.locationAt(1), { line: 1, column: 1 });
  assert.equal(map.offsetOf({ line: 1, column: 1 }), 1);
});

test('an empty text has one line', () => {
  const source = new Source('/empty.py', '');
  assert.equal(source.lines.lineCount, 1);
  assert.deepEqual(source.lines.locationAt(0), { line: 1, column: 1 });
});
