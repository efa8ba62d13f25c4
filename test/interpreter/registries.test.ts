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

test('who goes through a registry meets all that modules bring', () => {
  const main = `
from torch import nn
from zoo import MODELS

def count():
    return nn.Linear(len(MODELS.entries), 1)

def widths():
    return nn.Linear(sum(len(name) for name in MODELS.entries), 1)

def copies():
    return nn.Linear(len(list({**MODELS.entries}.values())), 1)

def one():
    return nn.Linear(2 if MODELS.entries else 1, 1)
`;
  assert.deepEqual(shapeOf('main.py::count()', main), [1, 2]);
  assert.deepEqual(shapeOf('main.py::widths()', main), [1, 8]);
  assert.deepEqual(shapeOf('main.py::copies()', main), [1, 2]);
  assert.deepEqual(shapeOf('main.py::one()', main), [1, 2]);
});

const LISTS: readonly [string, string][] = [
  ['/project/parts/__init__.py', 'from .second import *\nfrom . import first\n'],
  [
    '/project/parts/holder.py',
    `
PARTS = []
NAMES = set()

class Base:
    kinds = {}

    def __init_subclass__(cls):
        Base.kinds[cls.__name__] = cls

class Held(dict):
    def put(self, cls):
        self[cls.__name__] = cls
        return cls

HELD = Held()

def part(cls):
    PARTS.append(cls)
    NAMES.add(cls.__name__)
    return cls
`,
  ],
  ['/project/parts/first.py', partOf('First', 1)],
  ['/project/parts/second.py', partOf('Second', 2)],
];

function partOf(name: string, width: number): string {
  return `from .holder import *\n\n@part\n@HELD.put\nclass ${name}(Base):\n    width = ${width}\n`;
}

function partsAs(inputs: string): { readonly shape: unknown; readonly isExact: boolean } | string {
  const main = `from torch import nn\nfrom parts import holder\n\ndef net():\n    return nn.Linear(${inputs}, 1)\n`;
  const files = memoryFiles(new Map([...LISTS, ['/project/main.py', main]]));
  const found = evaluateTarget(
    createProject({ files, roots: ['/project'], pythonPath: [], sitePackages: [] }),
    'main.py::net()',
  );
  if ('error' in found) return found.error;
  return { shape: found.model.parameters[0]!.shape![1], isExact: found.draws.inexact === undefined };
}

test('lists, sets, classes and objects that are dictionaries are registries too', () => {
  for (const inputs of [
    'len(holder.PARTS)',
    'len(holder.NAMES)',
    'len(holder.Base.kinds)',
    'len(holder.HELD)',
    '2 if holder.PARTS else 1',
    '2 if "Second" in holder.NAMES else 1',
  ])
    assert.deepEqual(partsAs(inputs), { shape: 2, isExact: true }, inputs);
});

test('in which order several modules fill a registry is not promised', () => {
  for (const inputs of [
    'holder.PARTS[1].width',
    'list(holder.HELD.values())[1].width',
    'max(it.width for it in holder.PARTS)',
  ])
    assert.equal((partsAs(inputs) as { isExact: boolean }).isExact, false, inputs);
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
