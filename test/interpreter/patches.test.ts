/** Classes of libraries that a module changes: for who imports it, in every evaluation, and for nobody else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProject, evaluateTarget, type Project } from '../../server/analyze.js';
import { memoryFiles } from '../markdown/memory-files.js';

const texts = new Map([
  [
    '/project/quiet.py',
    `
from torch import nn

def reset(layer):
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)

nn.Linear.reset_parameters = reset
`,
  ],
  ['/project/through.py', 'import quiet\n'],
  ['/project/quietly.py', 'from torch import nn\nimport through\n\ndef net():\n    return nn.Linear(3, 4)\n'],
  ['/project/plain.py', 'from torch import nn\n\ndef net():\n    return nn.Linear(3, 4)\n'],
  [
    '/project/later.py',
    'from torch import nn\n\ndef net():\n    first = nn.Linear(3, 4)\n    import quiet\n    return nn.Sequential(first, nn.Linear(4, 5))\n',
  ],
]);

function drawsOf(project: Project, target: string): number | string {
  const found = evaluateTarget(project, target);
  return 'error' in found ? found.error : found.draws.draws.length - found.firstDraw;
}

test('what a module gives to a class of torch is there for who imports it, each time, and for no other', () => {
  const project = createProject({ files: memoryFiles(texts), roots: ['/project'], pythonPath: [], sitePackages: [] });
  for (let times = 0; times < 2; times++) {
    assert.equal(drawsOf(project, 'quietly.py::net()'), 0);
    assert.equal(drawsOf(project, 'plain.py::net()'), 2);
    assert.equal(drawsOf(project, 'later.py::net()'), 2);
  }
});
