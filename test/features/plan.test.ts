/** What the plan for a network's start depends on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze, createProject } from '../../server/analyze.js';
import { planFor } from '../../server/features/assists/plan.js';
import { memoryFiles } from '../markdown/memory-files.js';

function linearStart(width: number) {
  const code = `from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(${width}, 4)
        self.up = nn.Linear(${width}, ${4 * width})
        self.down = nn.Linear(${4 * width}, ${width})

    def forward(self, x):
        x = x + self.attention(x, x, x)[0]
        return x + self.down(self.up(x).relu())
`;
  const files = memoryFiles(new Map([['/project/net.py', code]]));
  const project = createProject({ files, roots: ['/project'], pythonPath: [] });
  const plan = planFor(analyze(project, '/project/net.py').program.models[0]!)!;
  return {
    layers: plan.layers.find(it => it.classes.includes('Linear'))!.tensors[0]!.spec,
    branches: plan.exceptions[0]!.spec,
  };
}

test('wide transformers start as GPT-2 does', () => {
  const { layers, branches } = linearStart(768);
  assert.deepEqual(layers, { kind: 'normal', mean: 0, std: 0.02 });
  assert.deepEqual(branches, { kind: 'normal', mean: 0, std: 0.02 / Math.SQRT2 });
});

test('in narrow ones 0.02 would leave little of the signal: Xavier', () => {
  const { layers, branches } = linearStart(64);
  assert.equal(layers.kind === 'variance_scaling' && layers.gain, 1);
  assert.equal(branches.kind === 'variance_scaling' && branches.gain, 1 / Math.SQRT2);
});
