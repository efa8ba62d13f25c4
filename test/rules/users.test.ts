/** Helpers are judged by the file that uses them, and files by the modules of their own folder. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze, createProject } from '../../server/analyze.js';
import { memoryFiles } from '../markdown/memory-files.js';

const HELPER = `from torch import nn
def init_weights(m):
    if isinstance(m, nn.Linear):
        nn.init.normal_(m.weight, 0.0, 0.02)
`;

const PLAIN = `import torch.nn as nn
import torch.nn.functional as F
from utils import init_weights
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(32, 32)
        self.second = nn.Linear(32, 32)
        self.answer = nn.Linear(32, 32)
        self.apply(init_weights)
    def forward(self, x):
        return self.answer(F.relu(self.second(F.relu(self.first(x)))))
`;

const SHALLOW = PLAIN.replace(/return .*/, 'return self.answer(x)');

function projectOf(files: Readonly<Record<string, string>>, later?: () => void) {
  const options = { roots: ['/project'], pythonPath: [], ...(later && { later }) };
  return createProject({ files: memoryFiles(new Map(Object.entries(files))), ...options });
}

const loudIn = (project: ReturnType<typeof projectOf>, path: string) =>
  analyze(project, path).findings.filter(it => it.severity === 'warning');

test('a helper is judged by the nearest file that uses it', () => {
  const project = projectOf({ '/project/utils.py': HELPER, '/project/model.py': PLAIN });
  const found = loudIn(project, '/project/utils.py');
  assert.deepEqual(
    found.map(it => [it.path, it.rule]),
    [['/project/utils.py', 'scale-drift']],
  );
});

test('where questions wait, as in an editor, other files are not evaluated for it', () => {
  const project = projectOf({ '/project/utils.py': HELPER, '/project/model.py': PLAIN }, () => {});
  assert.deepEqual(loudIn(project, '/project/utils.py'), []);
});

test('a module that another folder has loaded under the name is not taken for the own one', () => {
  const project = projectOf({
    '/project/a/utils.py': HELPER,
    '/project/a/model.py': SHALLOW,
    '/project/b/utils.py': HELPER,
    '/project/b/model.py': PLAIN,
  });
  assert.deepEqual(loudIn(project, '/project/a/model.py'), []);
  const [found, ...others] = loudIn(project, '/project/b/model.py');
  assert.equal(found?.path, '/project/b/utils.py');
  assert.deepEqual(others, []);
});
