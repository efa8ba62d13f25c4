/** Modules that change what others hold when they are imported, where nothing asks for the names that they bind. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProject, evaluateTarget } from '../../server/analyze.js';
import { effectsOf } from '../../server/interpreter/module-effects.js';
import { parse } from '../../server/syntax/parse.js';
import { memoryFiles } from '../markdown/memory-files.js';

const PACKAGE: readonly [string, string][] = [
  ['/project/net/__init__.py', 'from . import between\nfrom .model import *\n'],
  ['/project/net/between.py', 'from . import defaults\n'],
  [
    '/project/net/config.py',
    `
WIDTH = 3
SIZES = ['a']
TABLE = {'a': 1}

class Config:
    depth = 4

config = Config()
`,
  ],
  [
    '/project/net/defaults.py',
    `
from torch import nn
from . import config
from .config import SIZES, TABLE, config as shared

def deepen(by):
    shared.depth += by

config.WIDTH = 7
deepen(by=5)
SIZES.append('b')
for name in ('b', 'c'):
    TABLE[name] = 5
nn.Linear.extra = 6
`,
  ],
  [
    '/project/net/model.py',
    `
from torch import nn
from . import config

def build(inputs):
    return nn.Linear(inputs, 2)
`,
  ],
];

const main = `
from torch import nn
from net import config, model

def target(inputs):
    return model.build(inputs)
`;

function projectOf() {
  const texts = new Map([...PACKAGE, ['/project/main.py', main]]);
  return {
    texts,
    project: createProject({ files: memoryFiles(texts), roots: ['/project'], pythonPath: [], sitePackages: [] }),
  };
}

function widthOf(inputs: string, { project } = projectOf()): unknown {
  const found = evaluateTarget(project, `main.py::target(${inputs})`);
  return 'error' in found ? found.error : found.model.parameters[0]!.shape![1];
}

test('what a module does to others when it is imported is done where Python imports it', () => {
  assert.equal(widthOf('config.WIDTH'), 7);
  assert.equal(widthOf('config.config.depth'), 9);
  assert.equal(widthOf('len(config.SIZES)'), 2);
  assert.equal(widthOf('sum(config.TABLE.values())'), 11);
  assert.equal(widthOf('nn.Linear.extra'), 6);
});

test('what a module does to others is undone when it changes', () => {
  const opened = projectOf();
  const defaults = opened.texts.get('/project/net/defaults.py')!;
  assert.equal(widthOf('len(config.SIZES)', opened), 2);
  opened.texts.set('/project/net/defaults.py', defaults.replace("append('b')", "extend('bc')"));
  opened.project.changed('/project/net/defaults.py');
  assert.equal(widthOf('len(config.SIZES)', opened), 3);
  opened.texts.set('/project/net/between.py', '');
  opened.project.changed('/project/net/between.py');
  assert.equal(widthOf('len(config.SIZES)', opened), 1);
  assert.equal(widthOf('config.WIDTH', opened), 3);
});

test('what is changed after an import does not change what the import has read', () => {
  const net = `
from torch import nn
from settings import settings, WIDTHS

class Net(nn.Module):
    width = settings.width

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(self.width + WIDTHS['a'], settings.width)
`;
  const head =
    'import settings as held\nfrom settings import settings, SIZE\nfrom torch import nn\nfrom net import Net\n';
  const shapeAfter = (main: string) => {
    const texts: [string, string][] = [
      [
        '/project/settings.py',
        "class Settings:\n    width = 3\n\nsettings = Settings()\nSIZE = 4\nWIDTHS = {'a': 1}\n",
      ],
      ['/project/net.py', net],
      ['/project/main.py', head + main],
    ];
    const files = memoryFiles(new Map(texts));
    const project = createProject({ files, roots: ['/project'], pythonPath: [], sitePackages: [] });
    const found = evaluateTarget(project, 'main.py::build()');
    return 'error' in found ? found.error : found.model.parameters[0]!.shape;
  };
  assert.deepEqual(shapeAfter('settings.width = 5\n\ndef build():\n    return Net()\n'), [5, 4]);
  assert.deepEqual(shapeAfter('def build():\n    settings.width = 5\n    return Net()\n'), [5, 4]);
  assert.deepEqual(shapeAfter('def build():\n    held.Settings.width = 5\n    return Net()\n'), [5, 4]);
  assert.deepEqual(shapeAfter("def build():\n    held.WIDTHS['a'] = 2\n    return Net()\n"), [3, 5]);
  assert.deepEqual(shapeAfter('def build():\n    held.SIZE = 5\n    return nn.Linear(SIZE, held.SIZE)\n'), [5, 4]);
});

const effects = (text: string) => effectsOf({ path: '/a.py', text, tree: parse(text) });

test('a body changes others where it stores into what it does not hold, or calls what may', () => {
  for (const text of [
    'import config\nconfig.WIDTH = 3\n',
    'from config import TABLE\nTABLE["a"] = 1\n',
    'from config import TABLE\nTABLE |= {"a": 1}\n',
    'from config import ITEMS\nfor it in ITEMS:\n    it.width = 3\n',
    'from config import shared\nown = shared\nown.width = 3\n',
    'from config import get\nshared = get()\nshared.width = 3\n',
    'import config\ndef widen(to):\n    config.WIDTH = to\nwiden(3)\n',
    'from config import load\nload("a.yaml")\n',
    'import torch\ntorch.set_default_dtype(torch.float64)\n',
    'import torch\ntorch.nn.Linear.reset_parameters = None\n',
    'import os\nos.environ["WIDTH"] = "3"\n',
    'from config import TABLE\nif True:\n    del TABLE["a"]\n',
    'from config import add\n[add(it) for it in "ab"]\n',
  ])
    assert.ok(effects(text).changes.size > 0, text);
});

test('a body changes nothing of others that defines, names and registers', () => {
  for (const text of [
    'import torch\nfrom torch import nn\nclass Net(nn.Module):\n    width = 3\nNet.depth = 4\n',
    '__all__ = []\n__all__ += ["a"]\n__all__.append("b")\n',
    'TABLE = {}\nfor key in "ab":\n    TABLE[key] = 1\n',
    'import copy\nfrom config import TABLE\nown = copy.deepcopy(TABLE)\nown["a"] = 1\n',
    'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--width")\n',
    'import torch\ntorch.fx.wrap("f")\ntorch.manual_seed(0)\n',
    'import logging\nlogger = logging.getLogger(__name__)\nlogger.setLevel("INFO")\n',
    'from zoo import register_model\nregister_model("a", 1)\n',
    'import config\nif __name__ == "__main__":\n    config.WIDTH = 3\n',
    'import config\ndef widen():\n    config.WIDTH = 3\n',
    '"""\nconfig.WIDTH of the module\n"""\nimport config\n',
  ])
    assert.deepEqual([...effects(text).changes], [], text);
});

test('what a body imports is told by its text as by its tree', () => {
  const text =
    'import a.b as c, d\nfrom . import (e,  # one\n    f as g)\nfrom ..h.i import *\nfrom j import k, \\\n    l\n';
  const imports = ['a.b', 'd', '.', '.e', '.f', '..h.i', 'j', 'j.k', 'j.l'];
  assert.deepEqual(effects(text).imports, imports);
  assert.deepEqual(
    effects(`${text}for _ in a:\n    pass\n`).imports.filter(it => !it.endsWith('*')),
    imports,
  );
});
