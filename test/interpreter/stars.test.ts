/** A star of unknown length stands for the required arguments that the others leave. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format } from '../../core/size.js';
import { analyze, createProject } from '../../server/analyze.js';
import { memoryFiles } from '../markdown/memory-files.js';

function shapeOf(call: string): string | undefined {
  const code = `from torch import nn
class Net(nn.Module):
    def __init__(self, dims, n):
        super().__init__()
        self.layer = ${call}

def linear(inputs, outputs, bias=True):
    return nn.Linear(inputs, outputs, bias)
`;
  const files = memoryFiles(new Map([['/project/net.py', code]]));
  const project = createProject({ files, roots: ['/project'], pythonPath: [] });
  const { models } = analyze(project, '/project/net.py').program;
  const weight = models.flatMap(it => it.parameters).find(it => it.name === 'layer.weight');
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
