/** An edit re-evaluates what was evaluated with the file, and nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze, createProject, type Project } from '../../server/analyze.js';
import { memoryFiles } from './memory-files.js';

const layer = (initializer: string) => `from torch import nn

def make(width):
    layer = nn.Linear(width, width)
    nn.init.${initializer}(layer.weight)
    return layer
`;
const network = (source: string) => `from torch import nn
${source}

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = make(64)
        self.b = make(64)

    def forward(self, x):
        return self.b(self.a(x).relu())
`;
const files: Record<string, string> = {
  '/w/layers.py': layer('zeros_'),
  '/w/alone.py': network('def make(width):\n    return nn.Linear(width, width)'),
  '/w/direct.py': network('from layers import make'),
  '/w/through.py': 'from direct import Net\n\nclass Larger(Net):\n    pass\n',
  '/w/registry.py': 'kinds = {}\n\ndef register(name):\n    assert name not in kinds\n    kinds[name] = name\n',
  '/w/registered.py': 'from registry import register, kinds\n\nregister("a")\n',
  '/w/reads.py':
    'from torch import nn\nimport registered\nfrom registry import kinds\n\nnet = nn.Linear(len(kinds), 1)\n',
  '/w/lacks.py': 'try:\n    from later import make\nexcept ImportError:\n    make = None\n',
};

function opened(): { project: Project; versions: () => Record<string, string> } {
  const project = createProject({ files: memoryFiles(files), roots: ['/w'], pythonPath: [] });
  const paths = Object.keys(files);
  for (const path of paths) project.openDocument(path, files[path]!);
  for (const path of paths) analyze(project, path).findings.length;
  return { project, versions: () => Object.fromEntries(paths.map(it => [it, project.versionOfOthers(it)])) };
}

const changedIn = (a: Record<string, string>, b: Record<string, string>) =>
  Object.keys(a)
    .filter(it => a[it] !== b[it])
    .sort();

test('what imports the file, also by way of others', () => {
  const { project, versions } = opened();
  const before = versions();
  project.openDocument('/w/layers.py', layer('ones_'));
  assert.deepEqual(changedIn(before, versions()), ['/w/direct.py', '/w/through.py']);
});

test('nothing is concerned by a file that nobody imports', () => {
  const { project, versions } = opened();
  const before = versions();
  project.openDocument('/w/alone.py', `${files['/w/alone.py']}\n`);
  assert.deepEqual(changedIn(before, versions()), []);
});

test('a file that was not there concerns all, and so does one that goes', () => {
  const { project, versions } = opened();
  const before = versions();
  project.openDocument('/w/later.py', layer('zeros_'));
  assert.equal(changedIn(before, versions()).length, Object.keys(files).length);
  analyze(project, '/w/later.py').findings.length;
  const between = versions();
  project.closeDocument('/w/later.py');
  assert.equal(changedIn(between, versions()).length, Object.keys(files).length);
});

test('the evaluation is that of the files as they are now', () => {
  const { project } = opened();
  const rulesIn = (path: string) => [...new Set(analyze(project, path).findings.map(it => it.rule))];
  assert.deepEqual(rulesIn('/w/layers.py').concat(rulesIn('/w/direct.py')), ['zero-weight']);
  project.openDocument('/w/layers.py', layer('kaiming_normal_'));
  assert.deepEqual(rulesIn('/w/layers.py').concat(rulesIn('/w/direct.py')), []);
});

test('what a file has put into a module that it imports is put there anew', () => {
  const { project } = opened();
  const width = () => analyze(project, '/w/reads.py').program.models[0]?.parameters[0]?.shape;
  assert.deepEqual(width(), [1, 1]);
  project.openDocument('/w/registered.py', `${files['/w/registered.py']}register("b")\n`);
  assert.deepEqual(width(), [1, 2]);
  project.openDocument('/w/registered.py', files['/w/registered.py']!);
  assert.deepEqual(width(), [1, 1]);
});

test('a file that no import has asked for concerns nobody as it comes and goes', () => {
  const { project, versions } = opened();
  const before = versions();
  for (const path of ['/w/unheard.py', 'untitled:Untitled-1']) {
    project.openDocument(path, layer('zeros_'));
    analyze(project, path).findings.length;
    project.closeDocument(path);
  }
  assert.deepEqual(changedIn(before, versions()), []);
});

test('nor does one that is opened, or closed, as it lies on the disk', () => {
  const { project, versions } = opened();
  for (const path of Object.keys(files)) project.closeDocument(path);
  const before = versions();
  project.openDocument('/w/layers.py', files['/w/layers.py']!);
  project.closeDocument('/w/layers.py');
  assert.deepEqual(changedIn(before, versions()), []);
});

test('one that makes a folder a package concerns all', () => {
  const { project, versions } = opened();
  const before = versions();
  project.openDocument('/w/__init__.py', '');
  assert.equal(changedIn(before, versions()).length, Object.keys(files).length);
});
