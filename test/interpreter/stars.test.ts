/** A star of unknown length stands for the required arguments that the others leave. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format } from '../../core/size.js';
import { analyze, createProject } from '../../server/analyze.js';
import { memoryFiles } from '../markdown/memory-files.js';

function shapeOf(call: string, name = 'layer.weight'): string | undefined {
  const code = `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, dims, n):
        super().__init__()
        self.layer = ${name === 'layer' ? `nn.Parameter(${call})` : call}

def linear(inputs, outputs, bias=True):
    return nn.Linear(inputs, outputs, bias)
`;
  const files = memoryFiles(new Map([['/project/net.py', code]]));
  const project = createProject({ files, roots: ['/project'], pythonPath: [] });
  const { models } = analyze(project, '/project/net.py').program;
  const weight = models.flatMap(it => it.parameters).find(it => it.name === name);
  return weight?.shape?.map(format).join(' × ');
}

test('what stands behind the star comes last', () => {
  assert.equal(shapeOf('nn.Linear(*dims, n)'), 'n × dims[0]');
  assert.equal(shapeOf('linear(*dims, n)'), 'n × dims[0]');
});

test('with nothing left for the star, nothing behind it is placed', () => {
  assert.notEqual(shapeOf('nn.Linear(16, 8, *dims, n)'), undefined);
  assert.equal(shapeOf('nn.Linear(16, 8, *dims, n)'), '8 × 16');
});

test('sizes behind a star are not known, nor how many they are', () => {
  assert.equal(shapeOf('torch.ones(*dims)', 'layer'), undefined);
  assert.equal(shapeOf('torch.Tensor(*dims[:2])', 'layer'), undefined);
  assert.equal(shapeOf('torch.ones(n, 2)', 'layer'), 'n × 2');
});
