/** Imports that wait: what a network does not need is not evaluated, and what it needs is what Python would have bound. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProject, evaluateTarget } from '../../server/analyze.js';
import { memoryFiles } from '../markdown/memory-files.js';

const modes = 'class Mode:\n    WIDE = 7\n    NARROW = 3\n';
const presets = `from .modes import Mode
from . import modes as kinds

def sized(size, mode=Mode.WIDE, other=kinds.Mode.NARROW):
    return size * mode * other

class Own:
    class Mode:
        WIDE = 2
    def width(self, mode=Mode.WIDE):
        return mode
`;

/** The shape of the weight of the network's one layer, and which modules were evaluated. */
function evaluated(inputs: string) {
  const net = `import torch.nn as nn
from .presets import sized, Own
from .first import *
from .second import *

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(${inputs}, 5)
`;
  const texts = { __init__: '', modes, presets, net, first: 'WIDTH = 11\nother = 1\n', second: 'DEPTH = 13\n' };
  const files = memoryFiles(new Map(Object.entries(texts).map(([name, text]) => [`/zoo/pkg/${name}.py`, text])));
  const project = createProject({ files, roots: ['/zoo'], pythonPath: ['/zoo'] });
  const result = evaluateTarget(project, 'pkg.net::Net()');
  assert.ok(!('error' in result), 'error' in result ? result.error : '');
  const modules = result.machine.modules.imported.map(it => it.replace(/^pkg\./, ''));
  return { shape: result.model.parameters[0]?.shape, modules };
}

test('what only a default names that is not asked for is not evaluated', () => {
  const { shape, modules } = evaluated('sized(2, 3, 4)');
  assert.deepEqual(shape, [5, 24]);
  assert.ok(modules.includes('presets'));
  assert.ok(!modules.includes('modes'));
});

test('a default that is asked for is an attribute of what the import brings', () => {
  assert.deepEqual(evaluated('sized(2)').shape, [5, 42]);
  assert.deepEqual(evaluated('sized(2, other=1)').shape, [5, 14]);
  assert.deepEqual(evaluated('sum(sized.__defaults__)').shape, [5, 10]);
});

test('a name of the class body stands before that of the import', () => {
  const { shape, modules } = evaluated('Own().width()');
  assert.deepEqual(shape, [5, 2]);
  assert.ok(!modules.includes('modes'));
});

test('of star imports only those are made that may bring a name', () => {
  assert.deepEqual(
    [...evaluated('4').modules].filter(it => it === 'first' || it === 'second'),
    [],
  );
  const { shape, modules } = evaluated('WIDTH');
  assert.deepEqual(shape, [5, 11]);
  assert.ok(modules.includes('first'));
});
