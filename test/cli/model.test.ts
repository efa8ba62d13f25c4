/** `initlens model`: the table of what every parameter starts from, and why there is none. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { kaimingRelu } from '../lsp/samples.js';
import { temporaryFolder } from '../temporary.js';
import { initlens } from './run.js';

const raising =
  'from torch import nn\nclass Bad(nn.Module):\n    def __init__(self):\n        self.fc = nn.Linear(2, 2)\n';
const folder = temporaryFolder({
  'net.py': kaimingRelu,
  'bad.py': raising,
  'lib/pkg/__init__.py': '',
  'lib/pkg/net.py': kaimingRelu,
  'plain.py': 'class Plain:\n    pass\nvalue = 3\n',
});
after(() => folder.remove());
const cwd = folder.path;

test('text: a row for each parameter, with the place that decides', () => {
  const { code, output, errors } = initlens(['model', 'net.py::Net()'], { cwd });
  assert.equal(errors, '');
  assert.equal(code, 0);
  const lines = output.split('\n');
  assert.match(lines[0]!, /^name +shape +initializer +values +fan_in +fan_out +gain +std +where$/);
  assert.match(
    lines[1]!,
    /^layers\.0\.weight +\[256, 256\] +kaiming_normal_ +N\(0, 0\.0884²\) +256 +256 +1\.41 +0\.0884 +net\.py:11$/,
  );
  assert.match(output, /^22 parameters, 660,490 values$/m);
});

test('JSON: numbers as numbers', () => {
  const { output } = initlens(['model', 'net.py::Net()', '--format', 'json'], { cwd });
  const [weight] = JSON.parse(output).parameters;
  assert.deepEqual(Object.keys(weight), [
    'name',
    'shape',
    'initializer',
    'distribution',
    'fan_in',
    'fan_out',
    'gain',
    'mean',
    'std',
    'site',
  ]);
  assert.equal(weight.std, Math.SQRT2 / 16);
  assert.deepEqual(weight.site, { path: 'net.py', line: 11 });
});

const sized = `import math
import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, dim, ratio=4, *, heads):
        super().__init__()
        self.fc = nn.Linear(dim, ratio * dim)
        self.head = nn.Linear(16, heads)
        nn.init.uniform_(self.fc.weight, -math.sqrt(3 / dim), math.sqrt(3 / dim))
        nn.init.normal_(self.head.weight, std=dim ** -0.5)
`;

test('with --symbols a size that has to be given is a symbol, and bounds are formulas of it', () => {
  const net = temporaryFolder({ 'sized.py': sized });
  const rowsOf = (target: string) => {
    const { output, errors } = initlens(['model', target, '--symbols', '--format', 'json'], { cwd: net.path });
    assert.equal(errors, '');
    const { parameters } = JSON.parse(output) as {
      parameters: { shape: unknown; distribution: string; fan_out: unknown }[];
    };
    return parameters.map(it => [it.shape, it.distribution, it.fan_out]);
  };
  assert.deepEqual(rowsOf('sized.py::Block'), [
    [['4·dim', 'dim'], 'U(−1.73/√dim, 1.73/√dim)', '4·dim'],
    [['4·dim'], 'U(−1/√dim, 1/√dim)', null],
    [['heads', 16], 'N(0, (1/√dim)²)', 'heads'],
    [['heads'], 'U(−0.25, 0.25)', null],
  ]);
  assert.deepEqual(
    rowsOf('sized.py::Block(8, heads=2)').map(it => it[0]),
    [[32, 8], [32], [2, 16], [2]],
  );
  const { code, errors } = initlens(['model', 'sized.py::Block()'], { cwd: net.path });
  assert.equal(code, 2);
  assert.match(errors, /missing a required argument: 'dim'; with --symbols/);
  assert.equal(initlens(['weights', 'sized.py::Block'], { cwd: net.path }).code, 2);
  net.remove();
});

test('a size that is not known is no number in any table', () => {
  const net = temporaryFolder({
    'open.py': `from torch import nn

class Open(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, len(open('names').readlines()))
`,
  });
  for (const command of ['model', 'weights']) {
    const { code, output } = initlens([command, 'open.py::Open()'], { cwd: net.path });
    assert.equal(code, 0);
    assert.match(output, /^fc\.weight +\[fc\.weight\.size\(0\), 4\] /m);
    assert.match(output, /^2 parameters, some sizes are symbols$/m);
    assert.doesNotMatch(output, /NaN/);
  }
  net.remove();
});

test('a module of a package, found on the path that is given', () => {
  const found = initlens(['model', 'pkg.net::Net()', '--python-path', 'nowhere', '--python-path', 'lib'], { cwd });
  assert.equal(found.code, 0);
  assert.match(found.output, /lib\/pkg\/net\.py:11/);
});

const refused: readonly (readonly [target: string, reason: RegExp])[] = [
  ['no.py::Net()', /there is no such file/],
  ['pkg.net::Net()', /there is no such module/],
  ['net.py', /has no `::`/],
  ['net.py::Nope()', /NameError: name 'Nope' is not defined/],
  ['net.py::Net(1)', /TypeError: /],
  ['net.py::Net(', /SyntaxError: /],
  ['bad.py::Bad()', /AttributeError: cannot assign module before Module\.__init__\(\) call/],
  ['plain.py::Plain()', /is no module/],
  ['plain.py::value.real', /./],
];

for (const [target, reason] of refused) {
  test(`2 and the reason: ${target}`, () => {
    const { code, output, errors } = initlens(['model', target], { cwd });
    assert.equal(output, '');
    assert.match(errors, /^initlens: /);
    assert.match(errors, reason);
    assert.equal(code, 2);
  });
}
