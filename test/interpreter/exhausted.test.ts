/** A file that takes all of its steps is checked as far as they go, and never fails for it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze, createProject } from '../../server/analyze.js';
import { memoryFiles } from '../markdown/memory-files.js';

const endless = `
import argparse
import torch
from torch import nn
from torch.nn import init


class Net(nn.Module):
    def __init__(self, flags):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.table = nn.Parameter(torch.empty(4, 4))
        if flags is None:
            init.xavier_normal(self.fc.weight)
        self.sizes = [x for x in self.turns(flags)]

    def turns(self, flags):
        while True:
            yield flags ** 0.5

    def forward(self, x):
        return self.fc(x) @ self.table


parser = argparse.ArgumentParser()
for name in Net(3).names:
    parser.add_argument(f"--{name}", default=name, dest=name)
`;

test('steps that come to their end in a constructor end nothing else', () => {
  const project = createProject({
    files: memoryFiles(new Map([['/p/net.py', endless]])),
    roots: ['/p'],
    pythonPath: [],
  });
  const { findings } = analyze(project, '/p/net.py');
  assert.ok(findings.some(it => it.rule === 'deprecated-initializer'));
});

test('a flag of an argument parser whose text is not known is left out', () => {
  const text =
    'import argparse\nimport torch\nparser = argparse.ArgumentParser()\nparser.add_argument(f"--{torch.k}")\n';
  const project = createProject({ files: memoryFiles(new Map([['/p/a.py', text]])), roots: ['/p'], pythonPath: [] });
  assert.deepEqual(analyze(project, '/p/a.py').findings, []);
});

const training = Array.from(
  { length: 30 },
  (_, i) => `
def train${i}(x):
    kept = []
    for step in range(10**9):
        kept.append([step] * 2)
`,
);

const small = `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        init.xavier_normal_(self.fc.bias)
`;

const head = 'from torch import nn\nfrom torch.nn import init\n';

function rulesIn(text: string): readonly string[] {
  const project = createProject({ files: memoryFiles(new Map([['/p/a.py', text]])), roots: ['/p'], pythonPath: [] });
  return analyze(project, '/p/a.py').findings.map(it => it.rule);
}

test('training that takes the steps of a file leaves some to a network behind it', () => {
  assert.deepEqual(rulesIn(`${head}${training.slice(0, 9).join('')}${small}`), ['wrong-rank']);
});

test('a file of nothing but training leaves some to a small network', () => {
  assert.deepEqual(rulesIn(`${head}${training.join('')}${small}`), ['wrong-rank']);
});

test('what was evaluated with fewer steps than there are after an edit is evaluated again', () => {
  const large = small.replace('self.fc =', 'sizes = [i * i for i in range(3000)]\n        self.fc =');
  const files = new Map([['/p/a.py', `${head}${training.join('')}${large}`]]);
  const project = createProject({ files: memoryFiles(files), roots: ['/p'], pythonPath: [] });
  const rules = () => analyze(project, '/p/a.py').findings.map(it => it.rule);
  assert.deepEqual(rules(), []);
  project.openDocument('/p/a.py', `${head}${training[0]}${large}`);
  assert.deepEqual(rules(), ['wrong-rank']);
});
