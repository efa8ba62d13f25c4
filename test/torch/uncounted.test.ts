/** Collections of which not even the number of items is known: no size is made of what was seen of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProject, evaluateTarget } from '../../server/analyze.js';
import { memoryFiles } from '../markdown/memory-files.js';

/** What a network is built with, and whether all of it can be known. */
function isKnown(code: string, module = ''): boolean {
  const body = code.replace(/^/gm, '        ');
  const text = `import itertools
from torch import nn

LINES = open('words.txt')
${module}

class Net(nn.Module):
    def __init__(self):
        super().__init__()
${body}
`;
  const files = memoryFiles(new Map([['/project/net.py', text]]));
  const project = createProject({ files, roots: ['/project'], pythonPath: [], sitePackages: [] });
  const evaluated = evaluateTarget(project, 'net.py::Net()');
  if ('error' in evaluated) throw new Error(evaluated.error);
  return evaluated.model.unknowns.length === 0;
}

const counts = [
  'words = []\nwords.extend(LINES)',
  'words = []\nwords += LINES',
  'words = []\nwords[:] = LINES',
  'words = []\nfor it in LINES: words.append(it)',
  'words = set()\nfor it in LINES: words.add(it)',
  'words = {"<pad>"}\nwords.update(LINES)',
  'words = {"<pad>"} | set(LINES)',
  'words = set().union(LINES)',
  'words = {}\nfor it in LINES: words[it] = len(words)',
  'words = dict(enumerate(LINES))',
  'words = {it: i for i, it in enumerate(LINES)}',
  'words = [it for it in LINES]',
  'words = [it for _, it in zip(range(9), LINES)]',
  'words = [it for it in range(9) if it in LINES]',
  'words = ["<pad>", *LINES]',
  'words = ("<pad>", *LINES)',
  'words = {"<pad>", *LINES}',
  'words = list(zip(range(9), LINES))',
  'words = tuple(map(str, LINES))',
  'words = list(itertools.chain([1], LINES))',
  'words = sorted(map(str, LINES))',
  'words = (["<pad>"] + list(LINES))[1:]',
  'words = [it for it in ["<pad>", *LINES]]',
  'def read():\n    for it in LINES:\n        yield it\nwords = list(read())',
  'words = ["<pad>", *LINES].copy()',
];

for (const code of counts) {
  test(`the length of ${JSON.stringify(code)}`, () => {
    assert.equal(isKnown(`${code}\nself.embedding = nn.Embedding(len(words), 8)`), false);
  });
}

const numbers = ['sum(1 for _ in LINES)', 'max([1, *map(len, LINES)])', '["a", *LINES].count("a")', '[3, *LINES][-1]'];

for (const number of numbers) {
  test(number, () => assert.equal(isKnown(`self.embedding = nn.Embedding(${number}, 8)`), false));
}

const stacks = [
  'self.layers = nn.Sequential(*[nn.Linear(2, 2) for _ in zip(range(5), LINES)])',
  'self.layers = nn.ModuleList()\nfor _ in zip(range(5), LINES): self.layers.append(nn.Linear(2, 2))',
  'words = ["<pad>", *LINES]\nself.layers = nn.ModuleList(nn.Linear(2, 2) for _ in words)',
];

for (const code of stacks) test(code, () => assert.equal(isKnown(code), false));

test('what a module has collected before', () => {
  const module = 'WORDS = []\nfor it in LINES: WORDS.append(it)\nKEYS = {1}\nKEYS.update(LINES)';
  assert.equal(isKnown('self.embedding = nn.Embedding(len(WORDS), 8)', module), false);
  assert.equal(isKnown('self.embedding = nn.Embedding(len(KEYS), 8)', module), false);
  assert.equal(
    isKnown('words = []\nfor it in WORDS: words.append(it)\nself.a = nn.Linear(len(words), 8)', module),
    false,
  );
});

test('what is known of them is used', () => {
  assert.ok(isKnown('words = [4, *LINES]\nself.embedding = nn.Embedding(words[0], 8)'));
  assert.ok(isKnown('words = {"a", *LINES}\nif "a" in words: self.embedding = nn.Embedding(3, 8)'));
  assert.ok(isKnown('words = [*range(3)]\nwords.extend(range(4))\nself.embedding = nn.Embedding(len(words), 8)'));
  assert.ok(isKnown('print(sorted(map(str, LINES)))\nself.embedding = nn.Embedding(3, 8)'));
});
