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
