/** What of a cell is IPython's and not Python's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellsOf, joinCells } from '../../server/text/cells.js';
import { magicsIn } from '../../server/text/magics.js';

const taken = (cell: string) => [...magicsIn(cell)].map(it => cell.slice(it.start, it.end));

test('magics, shell lines and questions for help are taken out', () => {
  assert.deepEqual(taken('%matplotlib inline\nx = 1\n!pip install torch\nx?\n?x\nnn.Linear??'), [
    '%matplotlib inline',
    '!pip install torch',
    'x?',
    '?x',
    'nn.Linear??',
  ]);
  assert.deepEqual(taken('files = !ls\nt = %timeit -o f()\nx = a % b'), ['files = !ls', 't = %timeit -o f()']);
});

test('a shell line goes on after a backslash, also through brackets and quotes', () => {
  assert.deepEqual(taken("!echo (it's \\\n  here\nx = 1"), ["!echo (it's \\", '  here']);
});

test('a cell magic takes its cell, unless its body is Python', () => {
  assert.deepEqual(taken('%%bash\nls\n'), ['%%bash\nls\n']);
  assert.deepEqual(taken('%%time\nx = 1\n'), ['%%time']);
});

test('what continues a statement or a string is Python', () => {
  assert.deepEqual(taken('x = (a\n  %b)\ntext = """\n%d\n!x\n"""\ny = [\n  1,  # (\n]\n'), []);
});

test('joined cells come apart again, also after edits', () => {
  const cells = [
    { number: 2, text: 'import torch' },
    { number: 3, text: '' },
    { number: 5, text: 'x = 1\n\n' },
  ];
  const joined = joinCells(cells);
  const parts = (text: string) => cellsOf(text).map(({ number, text }) => ({ number, text }));
  assert.deepEqual(parts(joined), cells);
  const edited = joined.replace('x = 1', 'x = 1\ny = 2');
  assert.deepEqual(parts(edited).at(-1), { number: 5, text: 'x = 1\ny = 2\n\n' });
  for (const { start, text } of cellsOf(joined)) assert.equal(joined.slice(start, start + text.length), text);
});
