/** Every text has a tree: no exception, no endless loop, no stack overflow, whatever is done to it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { parse } from '../../server/syntax/parse.js';
import type { Tree } from '../../server/syntax/tree.js';
import { walk } from '../../server/syntax/walk.js';

const EVERYTHING = readFileSync(new URL('everything.py', import.meta.url), 'utf8');
const DEPTH = 10_000;
const AFTER = '\n\ndef after():\n    pass\n';

/** Pieces that nest, or never end. */
const REPEATED: readonly string[] = [
  ...['(', '[', '{', ')', '([)]', '([{', 'f(', 'a[', '{a:', '{a:\n', '(\n', '(#\n', '(\na\n', 'a(\n', '[x for x in '],
  ...[
    'not ',
    '-',
    'x**',
    'lambda:',
    'lambda x=lambda ',
    'a if b else ',
    'yield ',
    'await ',
    'x:=',
    '*',
    '.',
    '\\',
    '\\\n',
  ],
  ...[
    'if a: ',
    'else: ',
    'try: ',
    'try:\n',
    'with (',
    'with (a as b, ',
    'match (',
    'async ',
    'type ',
    '@',
    '@a\n',
    ';',
    ':',
  ],
  ...['def f(', 'def f(a=(', 'def f[T: ', 'class A(', 'import a, ', 'from ', 'match x:\n case [', 'match x:\n case A('],
  ...[
    '"',
    '"""a\n',
    "'\n",
    'f"{',
    "f'{\n",
    'f"""{',
    'f"{x!',
    'f"{x:{',
    '\0',
    '!',
    '$',
    '\ud800',
    'é',
    '\ufeff',
    '\u00a0',
  ],
];

for (const piece of REPEATED) {
  test(`${DEPTH} times ${JSON.stringify(piece)}`, () => check(piece.repeat(DEPTH)));
}

test('nested parentheses that close', () => check('('.repeat(DEPTH) + ')'.repeat(DEPTH)));

test('what follows too deep a line is kept', () => {
  for (const piece of ['(', 'f(', '-', 'lambda:', 'if a: ', 'f"{']) {
    const last = parse(piece.repeat(DEPTH) + AFTER).body.at(-1);
    assert.equal(last?.kind === 'FunctionDefinition' && last.name.name, 'after', piece);
  }
});

test('blocks in blocks', () => {
  const lines = Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}if a:`);
  check(lines.join('\n') + AFTER);
});

test('long sums and long chains of elif are whole', () => {
  const sum = parse(`x = ${'a + '.repeat(100_000)}a`);
  assert.deepEqual(sum.problems, []);
  assert.equal(count(sum), 1 + 1 + 100_000 + 100_001);
  const chain = parse(`if a:\n    b\n${'elif c:\n    d\n'.repeat(DEPTH)}`);
  assert.deepEqual(chain.problems, []);
  assert.equal(count(chain), (DEPTH + 1) * 4);
});

test('20 MB', () => {
  const text = EVERYTHING.repeat(Math.ceil(20e6 / EVERYTHING.length));
  const { body, problems } = parse(text);
  assert.deepEqual(problems, []);
  assert.equal(body.length, parse(EVERYTHING).body.length * (text.length / EVERYTHING.length));
});

test('a text cut off anywhere', () => {
  for (let end = 0; end < EVERYTHING.length; end++) check(EVERYTHING.slice(0, end));
});

test('a text without one of its words', () => {
  for (const { index, 0: word } of EVERYTHING.matchAll(/\w+|\S/g)) {
    check(EVERYTHING.slice(0, index) + EVERYTHING.slice(index + word.length));
  }
});

test('a text with something typed into it', () => {
  const random = generator(1);
  const words = EVERYTHING.match(/\w+|\s+|[^\w\s]/g)!;
  for (let round = 0; round < 2000; round++) {
    const at = Math.floor(random() * EVERYTHING.length);
    const word = words[Math.floor(random() * words.length)]!;
    check(EVERYTHING.slice(0, at) + word + EVERYTHING.slice(at));
  }
});

test('words in any order', () => {
  const random = generator(2);
  const words = EVERYTHING.match(/\w+|\s+|[^\w\s]+/g)!;
  for (let round = 0; round < 500; round++) {
    check(
      Array.from({ length: 100 }, () => words[Math.floor(random() * words.length)]).join(random() < 0.5 ? ' ' : ''),
    );
  }
});

/** Whatever was parsed, its spans lie in the text and its parts in order. */
function check(text: string): void {
  const tree = parse(text);
  assert.equal(tree.length, text.length);
  walk(tree, node => {
    if (node.start > node.end || node.end > text.length) assert.fail(`${node.kind} from ${node.start} to ${node.end}`);
    return true;
  });
  for (const { start, end } of [...tree.problems, ...tree.comments]) assert.ok(start <= end && end <= text.length);
  assertOrdered(tree.problems.map(({ start }) => start));
  assertOrdered(tree.comments.map(({ start }) => start));
}

function assertOrdered(starts: readonly number[]): void {
  const at = starts.findIndex((start, index) => index > 0 && start < starts[index - 1]!);
  assert.equal(at, -1, `out of order at ${starts[at]}`);
}

function count(tree: Tree): number {
  let nodes = 0;
  walk(tree, () => {
    nodes++;
    return true;
  });
  return nodes;
}

/** Numbers in [0, 1) that are the same in every run: Lehmer's generator with the multiplier of Park and Miller. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
