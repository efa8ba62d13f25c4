/** A text that was changed has the tree that it would have had from the beginning, whatever was typed where. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { parse } from '../../server/syntax/parse.js';
import { reparse } from '../../server/syntax/reparse.js';
import type { FunctionDefinition, Tree } from '../../server/syntax/tree.js';

const EVERYTHING = readFileSync(new URL('everything.py', import.meta.url), 'utf8');
const ROUNDS = 150;
const EDITS = 6;

/** What changes more than the line that it stands in. */
const TYPED: readonly string[] = [
  ...[
    'x',
    '1',
    ' ',
    '\n',
    '\n\n',
    '    ',
    '\t',
    '\r\n',
    '\\\n',
    '#',
    '# note\n',
    ';',
    ':',
    ',',
    '.',
    '@',
    '@a\n',
    '=',
    '\f',
  ],
  ...['(', ')', '[', ']', '{', '}', '"', "'", '"""', "'''", 'f"{', 'r"', '\0', 'é', '𝟘', '\ufeff'],
  ...[
    'else:',
    'elif x:',
    'except:',
    'finally:',
    'if x:\n',
    'def f(',
    'def g():\n',
    'class A:\n    ',
    'async ',
    'case 1:\n',
  ],
  ...['\nelse:\n    pass\n', '\n  x\n', '    return\n', 'try:\n', 'with a as b:\n', 'lambda: ', 'yield ', 'import a\n'],
];

/** Small enough for an edit to lie next to every seam. */
const SMALL = `import a
@dec # why
# what
def f(x=1):
    return (x +
            1)

class A(B):
    """Doc."""
    def g(self): yield 1

if a:
    pass
else:
    b = """
def c(): pass
"""
x = 1; y = 2
z = [1,
  2]
`;

for (const [name, text] of Object.entries({ 'a large file': EVERYTHING, 'a small file': SMALL })) {
  test(`random edits of ${name}`, () => {
    const random = numbersFrom(7);
    for (let round = 0; round < ROUNDS; round++) {
      let read = { text, tree: parse(text) };
      for (let edit = 0; edit < EDITS; edit++) {
        const changed = edited(read.text, random);
        read = { text: changed, tree: reparse(read, changed) };
        assertSame(read.tree, changed);
      }
    }
  });
}

test('a key typed into each line, and taken back', () => {
  for (let at = 0; at <= SMALL.length; at += 2) {
    for (const typed of TYPED) {
      const before = { text: SMALL, tree: parse(SMALL) };
      const text = SMALL.slice(0, at) + typed + SMALL.slice(at);
      const after = { text, tree: reparse(before, text) };
      assertSame(after.tree, text);
      assertSame(reparse(after, SMALL), SMALL);
    }
  }
});

test('statements in front of the change are the same objects, those behind keep their bodies unread', () => {
  const text = 'a = 1\nb = 2\nc = 3\nd = 4\n\n\ndef f():\n    pass\n';
  const tree = parse(text);
  const changed = text.replace('d = 4', 'd = 45');
  const again = reparse({ text, tree }, changed);
  assertSame(again, changed);
  assert.deepEqual(
    again.body.map((it, index) => it === tree.body[index]),
    [true, true, false, false, false],
  );
  assert.ok(!Object.hasOwn(again.body[4]!, 'body'));
});

/** Numbers in [0, 1), by a linear congruential generator. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function edited(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1));
  const gone = random() < 0.4 ? Math.floor(random() * 12) : 0;
  const typed = random() < 0.2 ? '' : TYPED[Math.floor(random() * TYPED.length)]!;
  return text.slice(0, at) + typed + text.slice(at + gone);
}

function assertSame(tree: Tree, text: string): void {
  const expected = parse(text);
  if (JSON.stringify(tree, sorted) !== JSON.stringify(expected, sorted)) assert.deepEqual(tree, expected, text);
}

/** Members in one order; big integers as text. */
function sorted(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { body, isGenerator } = value as Partial<FunctionDefinition>;
  const members = { ...value, ...(body && { body }), ...(isGenerator !== undefined && { isGenerator }) };
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
}
