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

const starting = `from torch import nn
from .initialization import guard_torch_init_functions

class PreTrainedModel(nn.Module):
    def _initialize_weights(self, module, is_custom_code=False):
        if getattr(module, '_is_hf_initialized', False):
            return
        self._init_weights(module)
        module._is_hf_initialized = True

    @guard_torch_init_functions()
    def post_init(self):
        def smart_apply(module, fn, is_custom_code):
            for child in module.children():
                smart_apply(child, fn, is_custom_code)
            fn(module, is_custom_code)
            return module

        smart_apply(self, self._initialize_weights, False)
`;

const guards = `from contextlib import contextmanager

@contextmanager
def guard_torch_init_functions():
    unseen.functions()
    None.functions()
    yield
`;

const parted = (change: string) => `from torch import nn
from transformers.modeling_utils import PreTrainedModel

class Base(PreTrainedModel):
    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02)

class Part(Base):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(8, 8)
        self.post_init()

class Whole(Base):
    def __init__(self):
        super().__init__()
        self.part = Part()
        ${change}
        self.head = nn.Linear(8, 2)
        self.post_init()
`;

function writesOf(change: string): Record<string, number> {
  const files = {
    '/w/transformers/__init__.py': '',
    '/w/transformers/initialization.py': guards,
    '/w/transformers/modeling_utils.py': starting,
    '/w/net.py': parted(change),
  };
  const project = createProject({ files: memoryFiles(files), roots: ['/w'], pythonPath: [] });
  const { program } = analyze(project, '/w/net.py');
  assert.deepEqual(program.faults, []);
  const whole = program.models.find(it => it.className === 'Whole');
  const weights = whole?.parameters.filter(it => it.kind === 'weight') ?? [];
  return Object.fromEntries(
    weights.map(it => [it.name, it.writes.filter(write => write.call?.initializer === 'normal_').length]),
  );
}

test('what the constructor of a part has initialized, that of the whole passes over', () => {
  assert.deepEqual(writesOf('pass'), { 'part.inner.weight': 1, 'head.weight': 1 });
});

test('what is put into a part that is initialized is initialized with the whole', () => {
  assert.deepEqual(writesOf('self.part.other = nn.Linear(8, 8)'), {
    'part.inner.weight': 1,
    'part.other.weight': 1,
    'head.weight': 1,
  });
});
