/** Registries that modules fill when they are imported, where imports wait until somebody asks for what they bind. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze, createProject, evaluateTarget, type Project } from '../../server/analyze.js';
import { memoryFiles } from '../markdown/memory-files.js';

const PACKAGE: readonly [string, string][] = [
  ['/project/zoo/__init__.py', 'from . import backbones, heads\nfrom .registry import MODELS, build, is_model\n'],
  [
    '/project/zoo/registry.py',
    `
class Registry:
    def __init__(self):
        self.entries = {}

    def register(self, cls):
        self.entries[cls.__name__] = cls
        return cls

    def get(self, name):
        return self.entries.get(name)

MODELS = Registry()

def is_model(name):
    return name in MODELS.entries

def build(name, **kwargs):
    if not is_model(name):
        raise KeyError(name)
    return MODELS.get(name)(**kwargs)
`,
  ],
  ['/project/zoo/backbones/__init__.py', 'from .wide import *\nfrom .deep import *\n'],
  ['/project/zoo/backbones/wide.py', network('Wide', 'nn.Linear(8, width)')],
  ['/project/zoo/backbones/deep.py', network('Deep', 'nn.Linear(width, 8)')],
  ['/project/zoo/heads.py', 'raise RuntimeError("nobody asks for it")\n'],
];

function network(name: string, layer: string): string {
  return `
from torch import nn
from ..registry import MODELS

@MODELS.register
class ${name}(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.layer = ${layer}

    def forward(self, x):
        return self.layer(x)
`;
}

interface Opened {
  readonly project: Project;
  readonly texts: Map<string, string>;
  readonly read: readonly string[];
}

function projectOf(main: string): Opened {
  const texts = new Map([...PACKAGE, ['/project/main.py', main]]);
  const files = memoryFiles(texts);
  const read: string[] = [];
  const readFile = (path: string) => {
    read.push(path);
    return files.readFile(path);
  };
  const project = createProject({
    files: { ...files, readFile },
    roots: ['/project'],
    pythonPath: [],
    sitePackages: [],
  });
  return { project, texts, read };
}

function shapeOf(target: string, main = ''): readonly unknown[] | string {
  const found = evaluateTarget(projectOf(main).project, target);
  return 'error' in found ? found.error : found.model.parameters[0]!.shape!;
}

test('what a registry lacks is brought by the modules that mention it', () => {
  const main = 'from zoo import build\nbuilt = build("Wide", width=6)\n\ndef net():\n    return built\n';
  assert.deepEqual(shapeOf('main.py::build("Wide")', main), [4, 8]);
  assert.deepEqual(shapeOf('main.py::build("Deep", width=5)', main), [8, 5]);
  assert.deepEqual(shapeOf('main.py::net()', main), [6, 8]);
});

test('what no module brings is missing', () => {
  assert.match(String(shapeOf('zoo::build("Narrow")')), /KeyError/);
});

test('analysis of a file finds it too', () => {
  const { project } = projectOf('from zoo import build\n\ndef net():\n    return build("Deep")\n');
  assert.equal(analyze(project, '/project/main.py').program.models[0]?.className, 'Deep');
});

test('of a package of the workspace only what a file uses is read', () => {
  const { project, read } = projectOf('from zoo import MODELS\n\ndef all():\n    return MODELS\n');
  analyze(project, '/project/main.py');
  assert.deepEqual(
    read.filter(it => it.startsWith('/project/zoo')),
    ['/project/zoo/__init__.py', '/project/zoo/registry.py'],
  );
});

test('what a module comes to bring later is found then', () => {
  const { project, texts } = projectOf('from zoo import build\n\ndef net():\n    return build("Late")\n');
  assert.equal(analyze(project, '/project/main.py').program.models.length, 0);
  texts.set('/project/zoo/backbones/wide.py', network('Late', 'nn.Linear(width, width)'));
  project.changed('/project/zoo/backbones/wide.py');
  assert.equal(analyze(project, '/project/main.py').program.models[0]?.className, 'Late');
});
