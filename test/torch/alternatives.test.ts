/** What forward leaves where nothing decides between two branches: one tensor where one says as much, two where it does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation } from '../../server/model/graph.js';
import type { Model } from '../../server/model/model.js';
import { residualsOf } from '../../server/model/questions/residuals.js';
import { signalOf } from '../../server/preview/signal/index.js';
import { evaluatePython } from './evaluate.js';

/** A network whose forward is asked something that nobody knows. */
function modelOf(forward: string): Model {
  const { session, get } = evaluatePython(`import sys
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 8)
        self.b = nn.Linear(8, 8)
        self.c = nn.Linear(8, 4)

    def forward(self, x):
        ${forward.split('\n').join('\n        ')}

net = Net()
`);
  const net = get('net') as Parameters<typeof session.forward>[0];
  session.forward(net);
  return session.modelOf(net);
}

const graphOf = (forward: string) => modelOf(forward).graph!;

const kinds = (operations: readonly Operation[]) => operations.map(it => it.kind).join(' ');

test('a layer behind two branches is evaluated once', () => {
  const { operations } = graphOf(`if sys.argv:
    x = self.a(x)
else:
    x = self.b(x)
return self.c(x)`);
  assert.equal(kinds(operations), 'input layer layer join layer output');
  assert.deepEqual(
    operations[3]!.inputs.map(it => it.module?.path),
    ['a', 'b'],
  );
});

test('so are those behind many branches in a row', () => {
  const { operations, complete } = graphOf(`for _ in range(6):
    x = self.a(x) if sys.argv else self.b(x)
return self.c(x)`);
  assert.equal(operations.filter(it => it.kind === 'layer').length, 13);
  assert.equal(complete, true);
});

test('tensors of different shapes stay two', () => {
  const { operations } = graphOf(`x = x.view(2, 8)
x = self.a(x) if sys.argv else self.c(x)
return torch.relu(x)`);
  assert.equal(operations.filter(it => it.kind === 'nonlinearity').length, 2);
});

test('tensors whose values are known stay two', () => {
  const { operations } = graphOf(`y = torch.ones(8) if sys.argv else torch.zeros(8)
return self.c(self.a(x) + y)`);
  assert.equal(operations.filter(it => it.kind === 'add').length, 2);
});

test('a sum with what may be its own input is residual', () => {
  const graph = graphOf(`skip = self.a(x) if sys.argv else x
return self.c(skip + self.b(x))`);
  const [residual, ...others] = residualsOf(graph);
  assert.deepEqual([residual?.layers, others], [1, []]);
});

test('the signal goes on behind the branch that is written first, and says so', () => {
  const { operations, assumptions } = signalOf(
    modelOf(`if sys.argv:
    x = torch.relu(self.a(x))
else:
    x = torch.tanh(self.b(x))
return self.c(x)`),
  )!;
  const [relu, join] = ['relu', 'join'].map(name => operations.find(it => it.operation.name === name)!);
  assert.ok(relu!.forward!.meanSquare > 0);
  assert.deepEqual(join!.forward, relu!.forward);
  assert.deepEqual(assumptions, ['the first of the branches that forward may take']);
});
