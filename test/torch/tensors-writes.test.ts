/** What evaluation keeps of tensors: writes of parameters, draws, faults, the forward graph. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataOf } from '../../server/frameworks/torch/operations/data.js';
import type { RecordedWrite } from '../../server/frameworks/torch/storage.js';
import { mergeHistories } from '../../server/frameworks/torch/storage-merge.js';
import { isTensor } from '../../server/frameworks/torch/tensor.js';
import { drawsIn } from '../../server/model/draws.js';
import type { Model } from '../../server/model/model.js';
import { type Evaluated, evaluatePython } from './evaluate.js';

const IMPORTS = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

function network(init: string, forward = 'return x'): Evaluated & { readonly model: Model } {
  const indent = (text: string) => text.trim().replaceAll('\n', '\n        ');
  const evaluated = evaluatePython(`${IMPORTS}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        ${indent(init)}
    def forward(self, x):
        ${indent(forward)}
net = Net()
`);
  const [root] = evaluated.session.roots();
  evaluated.session.forward(root!);
  return { ...evaluated, model: evaluated.session.modelOf(root!) };
}

const lastWrite = ({ model }: { readonly model: Model }) => model.parameters[0]!.writes.at(-1)!;
const operations = (forward: string, init = 'self.w = nn.Parameter(torch.randn(8, 4))') =>
  network(init, forward).model.graph!.operations;
const kinds = (forward: string) =>
  operations(forward).flatMap(it => (it.kind === 'input' || it.kind === 'output' ? [] : [`${it.kind} ${it.name}`]));
const draws = ({ session }: Evaluated) => session.draws().draws.map(it => `${it.kind}(${it.args}) ${it.count}`);
const faults = ({ machine }: Evaluated) => machine.faults.map(it => it.code);

test('a factory is the first write of the parameter that is made of it', () => {
  const made = network('self.w = nn.Parameter(torch.randn(4, 3) * 0.02)');
  const write = lastWrite(made);
  assert.deepEqual(write.spec, { kind: 'normal', mean: 0, std: 0.02 });
  assert.equal(write.origin, 'written');
  assert.equal(write.call?.form, 'factory');
  assert.equal(made.at(write.callee), 'randn');
});

test('raw memory is no write', () => {
  const { model } = network('self.w = nn.Parameter(torch.empty(4, 3))\nself.v = nn.Parameter(torch.Tensor(4, 3))');
  for (const parameter of model.parameters) {
    assert.equal(parameter.writes.length, 0);
    assert.equal(parameter.uninitialized, true);
  }
});

test('arithmetic in place scales what was drawn', () => {
  const made = network('self.w = nn.Parameter(torch.rand(4))\nwith torch.no_grad():\n    self.w.mul_(2).sub_(1)');
  assert.deepEqual(lastWrite(made).spec, { kind: 'uniform', low: -1, high: 1 });
  assert.deepEqual(faults(made), []);
});

test('a truncated normal written out by hand is one', () => {
  const { spec } = lastWrite(
    network(`
self.w = nn.Parameter(torch.empty(4, 3))
with torch.no_grad():
    self.w.uniform_(-0.9, 0.9)
    self.w.erfinv_()
    self.w.mul_(0.02 * 2 ** 0.5)
    self.w.clamp_(min=-2, max=2)`),
  );
  assert.equal(spec.kind, 'truncated_normal');
  assert.ok(spec.kind === 'truncated_normal' && Math.abs(spec.std! - 0.02) < 1e-12);
});

test('writes through views reach the parameter, and say when they reach a part', () => {
  const whole = ['self.w.data', 'self.w.detach()', 'self.w.t()', 'self.w.data.view(-1)', 'self.w.data[:]'];
  const part = ['self.w.data[0]', 'self.w.data[:, 1:]', 'self.w.data.narrow(0, 0, 2)', 'self.w.data.chunk(2)[1]'];
  for (const [views, region] of [
    [whole, 'whole'],
    [part, 'part'],
  ] as const) {
    for (const view of views) {
      const made = network(
        `self.w = nn.Parameter(torch.zeros(4, 3))\nwith torch.no_grad():\n    ${view}.normal_(0, 0.5)`,
      );
      assert.equal(lastWrite(made).region, region, view);
      assert.deepEqual(lastWrite(made).spec, { kind: 'normal', mean: 0, std: 0.5 }, view);
    }
  }
});

test('a copy is not the parameter', () => {
  for (const copy of ['self.w.clone()', 'self.w * 1', 'self.w.t().contiguous()', 'self.w.double()']) {
    const made = network(`self.w = nn.Parameter(torch.zeros(4, 3))\nwith torch.no_grad():\n    ${copy}.normal_()`);
    assert.deepEqual(lastWrite(made).spec, { kind: 'constant', value: 0 }, copy);
  }
});

test('autograd refuses to change a leaf in place, and its views', () => {
  const refused = ['self.w.normal_()', 'self.w[0] = 1', 'self.w *= 2', 'self.w.t().zero_()', 'self.w.fill_(1)'];
  for (const statement of refused) {
    assert.deepEqual(
      faults(network(`self.w = nn.Parameter(torch.zeros(4, 3))\n${statement}`)),
      ['leaf-in-place'],
      statement,
    );
  }
});

test('autograd allows changes in place that it does not follow', () => {
  const allowed = [
    'with torch.no_grad():\n    self.w.normal_()',
    'with torch.inference_mode():\n    self.w.normal_()',
    'with torch.set_grad_enabled(False):\n    self.w[0] = 1',
    'self.w.data.normal_()',
    'self.w.detach().zero_()',
    'self.w.requires_grad_(False).normal_()',
    '@torch.no_grad()\ndef init(w):\n    w.normal_()\ninit(self.w)',
  ];
  for (const code of allowed) {
    assert.deepEqual(faults(network(`self.w = nn.Parameter(torch.zeros(4, 3))\n${code}`)), [], code);
  }
});

test('the truth of more than one element is refused', () => {
  assert.deepEqual(faults(network('self.w = nn.Parameter(torch.zeros(3))\nif self.w:\n    pass')), ['tensor-truth']);
  assert.deepEqual(faults(network('self.w = nn.Parameter(torch.zeros(1))\nif self.w:\n    pass')), []);
});

test('every use of the generator is logged, dead ones too', () => {
  const evaluated = evaluatePython(`${IMPORTS}
torch.manual_seed(3)
a = torch.rand(2, 3)
b = torch.empty(5).normal_(1, 2)
c = torch.randint(0, 10, (4,))
d = torch.randperm(6)
e = F.dropout(torch.ones(7), 0.25)
f = F.dropout(torch.ones(7), 0.25, training=False)
g = torch.randn_like(a)
`);
  assert.deepEqual(draws(evaluated), [
    'manual_seed(3) 0',
    'uniform_(0,1) 6',
    'normal_(1,2) 5',
    'random_(0,10) 4',
    'randperm() 6',
    'bernoulli_(0.75) 7',
    'normal_(0,1) 6',
  ]);
  assert.equal(evaluated.session.draws().inexact, undefined);
});

test('a draw of unknown size ends exactness', () => {
  const evaluated = evaluatePython(`${IMPORTS}\nimport os\na = torch.rand(int(os.environ["N"]))\n`);
  assert.notEqual(evaluated.session.draws().inexact, undefined);
});

test('branches that draw alike stay exact, others do not', () => {
  const branch = (other: string) =>
    evaluatePython(`${IMPORTS}\nimport unseen\nif unseen.flag:\n    a = torch.rand(3)\nelse:\n    a = ${other}\n`);
  assert.equal(branch('torch.rand(3)').session.draws().inexact, undefined);
  assert.match(branch('torch.rand(4)').session.draws().inexact?.reason ?? '', /branches/);
});

test('the graph knows residuals, products, joins, gates and norms', () => {
  assert.deepEqual(kinds('return x + F.relu(x)'), ['nonlinearity relu', 'add add']);
  assert.deepEqual(kinds('return (x @ self.w) * 0.5'), ['matmul matmul', 'scale mul']);
  assert.deepEqual(kinds('return torch.cat([x, x.tanh()], dim=1)'), ['nonlinearity tanh', 'concatenate cat']);
  assert.deepEqual(kinds('return x * torch.sigmoid(x)'), ['nonlinearity sigmoid', 'nonlinearity silu'].slice(1));
  assert.deepEqual(kinds('return F.linear(x, F.normalize(self.w))'), ['normalize normalize', 'layer linear']);
  assert.deepEqual(kinds('return x.softmax(-1)'), ['softmax softmax']);
  assert.deepEqual(kinds('return x.clamp(min=0).mean(1)'), ['nonlinearity relu', 'pool mean']);
  assert.deepEqual(kinds('return F.dropout(x, 0.1).view(-1)'), ['dropout dropout', 'shape view']);
  assert.deepEqual(kinds('x += self.w\nreturn x'), ['add add']);
});

test('operations name the parameters that they read', () => {
  const product = operations('return x @ self.w.t()').find(it => it.kind === 'matmul')!;
  assert.deepEqual(
    product.parameters.map(it => it.name),
    ['w'],
  );
  assert.equal(product.settings.get('contracted_axis'), 1);
});

test('what cannot be seen keeps the graph connected, and says so', () => {
  const { model } = network('import unseen\nself.f = unseen.function', 'return F.relu(self.f(x))');
  assert.equal(model.graph?.complete, false);
  assert.deepEqual(
    model.graph?.operations.map(it => it.kind),
    ['input', 'opaque', 'nonlinearity', 'output'],
  );
});

test('a forward inside a constructor gives numbers', () => {
  const { model } = network(`
self.conv = nn.Conv2d(3, 8, 3, stride=2, padding=1)
with torch.no_grad():
    out = F.max_pool2d(self.conv(torch.zeros(1, 3, 33, 33)), 2)
self.fc = nn.Linear(out.flatten(1).size(1), 10)`);
  assert.deepEqual(model.parameters.find(it => it.name === 'fc.weight')?.shape, [10, 512]);
});

test('what is too large to be computed is not, however little is written into it', () => {
  const evaluated = evaluatePython(`${IMPORTS}
x = torch.empty(4096, 4096, 64)
x[:, :, :] = torch.arange(64.0)
y = torch.where(torch.ones(4096, 4096, 1), torch.arange(64.0), torch.arange(64.0))
`);
  for (const name of ['x', 'y']) {
    const value = evaluated.get(name);
    assert.ok(isTensor(value) && dataOf(value) === undefined, name);
  }
});

test('what is averaged with itself over many turns is followed once', () => {
  const { model } = network(
    `
average = torch.randn(8, 4)
for _ in range(60):
    average = average * average + average
self.w = nn.Parameter(average)
`,
  );
  assert.deepEqual(drawsIn(model.parameters[0]!.contents.writes), [0]);
});

test('branches of branches keep one copy of a write that each of them may have made uncertain', () => {
  const [made, drawn] = [1, 2].map(order => ({ order, certain: true }) as RecordedWrite) as [
    RecordedWrite,
    RecordedWrite,
  ];
  let history: readonly RecordedWrite[] = [made, drawn];
  for (let turn = 0; turn < 20; turn++) {
    history = mergeHistories(mergeHistories(history, [made]), mergeHistories([made], [made, drawn]));
  }
  assert.deepEqual(
    history.map(it => [it.order, it.certain]),
    [
      [1, true],
      [2, false],
    ],
  );
});
