/** What a library does beside a network is not followed; the network is, and in strict mode all of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze, createProject } from '../../server/analyze.js';
import { memoryFiles } from '../features/memory-files.js';

const library = `from torch import nn

class PreTrainedModel(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.implementation = self._check_and_adjust_attn_implementation(config)

    def _check_and_adjust_attn_implementation(self, config):
        nn.init.zeros_(self.lost.weight)
        return None

    def post_init(self):
        self.apply(self._init_weights)
`;

const model = (base: string) => `from torch import nn
from transformers.modeling_utils import PreTrainedModel

class Net(${base}):
    def __init__(self, config):
        super().__init__(config)
        self.inner = nn.Linear(8, 8)
        self.post_init()

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            nn.init.zeros_(module.weight)

    def forward(self, x):
        return self.inner(x).relu()
`;

function evaluated(libraryPath: string) {
  const files = {
    [libraryPath]: library,
    '/w/transformers/__init__.py': '',
    '/w/net.py': model('PreTrainedModel').replace(
      'transformers.modeling_utils',
      libraryPath.slice(3, -3).replaceAll('/', '.'),
    ),
  };
  const project = createProject({ files: memoryFiles(files), roots: ['/w'], pythonPath: [] });
  return analyze(project, '/w/net.py');
}

test('the choice of an implementation is passed over, and what the base initializes is found', () => {
  const { program, findings } = evaluated('/w/transformers/modeling_utils.py');
  assert.deepEqual(program.faults, []);
  assert.ok(program.calls.some(it => it.initializer === 'zeros_'));
  assert.ok(findings.some(it => it.rule === 'zero-weight'));
});

test('a function of that name elsewhere is followed', () => {
  const { program } = evaluated('/w/transformers/own.py');
  assert.notDeepEqual(program.faults, []);
});

const outputs = `from collections import OrderedDict
from dataclasses import fields

def can_return_tuple(func):
    def wrapper(self, *args, **kwargs):
        output = func(self, *args, **kwargs)
        return output if unseen() else output.to_tuple()
    return wrapper

class ModelOutput(OrderedDict):
    def __post_init__(self):
        unseen(self)
    def __setattr__(self, name, value):
        unseen(self)
    def __getitem__(self, key):
        return unseen(self)
    def to_tuple(self):
        return unseen(self)
`;

const wrapped = (first: string) => `from dataclasses import dataclass
from torch import nn
from transformers.utils.generic import ModelOutput, can_return_tuple

@dataclass
class Output(ModelOutput):
    last: object = None
    kept: object = None
    other: object = None

class Inner(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 6)

    @can_return_tuple
    def forward(self, x=None, kept=None):
        return Output(last=self.layer(x), kept=kept, other=x)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner()
        self.head = nn.Linear(6, 2)

    @can_return_tuple
    def forward(self, x=None):
        return self.head(self.inner(x)${first})
`;

for (const first of ['[0]', '.last', '["last"]', '.to_tuple()[0]', '[:1][0]']) {
  test(`what a network answers is read by place and by name: ${first}`, () => {
    const files = {
      '/w/transformers/__init__.py': '',
      '/w/transformers/utils/__init__.py': '',
      '/w/transformers/utils/generic.py': outputs,
      '/w/net.py': wrapped(first),
    };
    const project = createProject({ files: memoryFiles(files), roots: ['/w'], pythonPath: [] });
    const { program } = analyze(project, '/w/net.py');
    const graph = program.models.find(it => it.className === 'Net')?.graph;
    const head = graph?.operations.find(it => it.module?.path === 'head');
    assert.ok(graph?.complete);
    assert.deepEqual(
      head?.inputs.map(it => it.module?.path),
      ['inner.layer'],
    );
  });
}
