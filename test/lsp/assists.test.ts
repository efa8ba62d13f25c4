/** Assists over the protocol: what the server writes where nothing is wrong, clean by its own rules and run by real torch. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import {
  autoencoder,
  branching,
  counted,
  decided,
  foreign,
  graphLayer,
  returning,
  shortcut,
  similarNames,
  twoBlocks,
} from '../assists/classes.js';
import { networks } from '../assists/networks.js';
import { Client } from './client.js';
import { positionOf, xavierRelu } from './samples.js';

let client: Client;
let opened = 0;

before(async () => {
  client = new Client();
  const { result } = await client.initialize();
  assert.ok(result.capabilities.codeActionProvider.codeActionKinds.includes('refactor.rewrite.initlens'));
});

after(async () => {
  assert.equal(await client.stop(), 0);
});

interface Action {
  readonly title: string;
  readonly kind: string;
  readonly edit: { readonly changes: Readonly<Record<string, readonly Edit[]>> };
}

interface Edit {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly newText: string;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

function open(text: string): string {
  const uri = `file:///w/assist${opened++}.py`;
  client.open(uri, text);
  return uri;
}

async function actionsAt(uri: string, text: string, needle: string): Promise<readonly Action[]> {
  const position = positionOf(text, needle, needle.length - 1);
  const { result } = await client.request('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [], only: ['refactor'] },
  });
  return result;
}

function applied(text: string, edits: readonly Edit[]): string {
  const lines = text.split('\n');
  const offsetOf = ({ line, character }: Position) =>
    lines.slice(0, line).reduce((sum, it) => sum + it.length + 1, character);
  return [...edits]
    .map((edit, index) => ({ ...edit, index, start: offsetOf(edit.range.start), end: offsetOf(edit.range.end) }))
    .sort((a, b) => b.start - a.start || b.index - a.index)
    .reduce((all, it) => all.slice(0, it.start) + it.newText + all.slice(it.end), text);
}

/** The text after the action of that title, and what the rules say of it. */
async function afterAction(
  text: string,
  needle: string,
  title: RegExp,
): Promise<{ text: string; rules: readonly string[] }> {
  const uri = open(text);
  const action = (await actionsAt(uri, text, needle)).find(it => title.test(it.title));
  assert.ok(action, `no action ${title}`);
  assert.equal(action.kind, 'refactor.rewrite.initlens');
  const changed = applied(text, action.edit.changes[uri]!);
  client.change(uri, 2, { text: changed });
  const diagnostics = await client.diagnostics(uri, 2);
  return { text: changed, rules: diagnostics.map(it => it.code) };
}

const hasTorch = spawnSync('/usr/bin/python3', ['-c', 'import torch']).status === 0;

/** What Python prints when it runs the text and then the lines. */
function run(text: string, ...lines: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync('/usr/bin/python3', ['-'], {
    input: [text, 'import torch', 'torch.manual_seed(0)', ...lines].join('\n'),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

for (const [family, text] of Object.entries(networks)) {
  test(`Initialize this model: ${family}`, async t => {
    const written = await afterAction(text, 'class Net', /^Initialize this model$/);
    assert.deepEqual(written.rules, []);
    for (const line of text.split('\n')) assert.ok(written.text.includes(line), `lost: ${line}`);
    assert.match(written.text, /\n {8}self\.apply\(self\._init_weights\)\n/);
    if (!hasTorch) return t.skip('torch is not installed');
    const finite = run(written.text, 'print(all(p.isfinite().all().item() for p in Net().parameters()))');
    assert.equal(finite, 'True\n');
  });
}

test('a model fits its layers: activations, answers, norms, residual depth, padding', async t => {
  const textOf = async (family: string) => (await afterAction(networks[family]!, 'class Net', /^Initialize/)).text;
  assert.match(await textOf('MLP'), /xavier_normal_\(module\.weight, gain=nn\.init\.calculate_gain\('tanh'\)\)/);
  assert.match(await textOf('MLP'), /nn\.init\.xavier_normal_\(self\.out\.weight\)/);
  assert.match(await textOf('discriminator'), /kaiming_normal_\(module\.weight, a=0\.2\)/);
  assert.match(await textOf('GAN'), /ConvTranspose2d\):\n {12}nn\.init\.normal_\(module\.weight, std=0\.02\)/);
  assert.match(await textOf('RNN'), /orthogonal_\(parameter\)/);
  assert.match(await textOf('RNN'), /zeros_\(module\.weight\.data\[module\.padding_idx\]\)/);
  if (!hasTorch) return t.skip('torch is not installed');
  const block = run(
    await textOf('CNN'),
    'x = torch.rand(2, 16, 8, 8)',
    'print(torch.equal(Block(16)(x), x), Net().blocks[0].bn2.weight.sum().item())',
  );
  assert.equal(block, 'False 0.0\n');
  // Narrow as it is, it starts by Xavier, each of its residual writes divided by what six blocks come to.
  const share = run(
    await textOf('Transformer'),
    'weight = Net().blocks[0].fc2.weight',
    'print(round(weight.std().item() * 12 ** 0.5 / (2 / sum(weight.shape)) ** 0.5, 1))',
  );
  assert.equal(share, '1.0\n');
});

test('a constructor that returns does so after it has initialized', async t => {
  const { text } = await afterAction(returning, 'class Net', /^Initialize/);
  assert.match(text, /\n {8}self\.apply\(self\._init_weights\)\n {8}.*\n.*\n {8}return\n\n {4}def _init_weights/);
  if (!hasTorch) return t.skip('torch is not installed');
  assert.equal(run(text, 'print(Net().body.bias.abs().sum().item())'), '0.0\n');
});

test('an answer at the end of a list is found, however long the list is', async t => {
  const { text, rules } = await afterAction(counted, 'class Net', /^Initialize/);
  assert.deepEqual(rules, []);
  if (!hasTorch) return t.skip('torch is not installed');
  const print = (made: string, layer: number) => `print(round(${made}.body[${layer}].weight.std().item() * 8, 1))`;
  const stds = run(text, print('Net(5)', 8), print('Net(5)', 10), print('Net(1, squash=True)', 2));
  assert.equal(stds, '1.4\n1.0\n1.0\n');
});

test('a layer that is not always there is started where it is', async t => {
  const { text } = await afterAction(branching, 'class Net', /^Initialize/);
  assert.match(text, /if name == 'head\.weight':\n {16}# an answer, which feeds no layer\n/);
  if (!hasTorch) return t.skip('torch is not installed');
  const stds = run(text, 'print(round(net.head.weight.std().item() * 8, 1))', "print(hasattr(Net(False), 'head'))");
  assert.equal(stds, '1.0\nFalse\n');
});

test('means and variances that are returned and go on as well start as answers do', async () => {
  const { text, rules } = await afterAction(autoencoder, 'class Net', /^Initialize/);
  assert.deepEqual(rules, []);
  assert.match(text, /kaiming_normal_\(module\.weight, nonlinearity='relu'\)/);
  for (const layer of ['logvar', 'decoder'])
    assert.match(text, new RegExp(`xavier_normal_\\(self\\.${layer}\\.weight\\)`));
});

test('no norm in the middle of a branch starts at zero, whichever block the network is made of', async t => {
  const { text } = await afterAction(twoBlocks, 'class Net', /^Initialize/);
  assert.match(text, /name\.endswith\('bn3\.weight'\)/);
  if (!hasTorch) return t.skip('torch is not installed');
  const sums = run(text, 'print(deep.blocks[0].bn2.weight.sum().item(), deep.blocks[0].bn3.weight.sum().item())');
  assert.equal(sums, '16.0 0.0\n');
});

test('a norm on the way around a branch keeps its scale', async () => {
  const { text } = await afterAction(shortcut, 'class Net', /^Initialize/);
  assert.match(text, /name\.endswith\('bn2\.weight'\)/);
});

test('of two names that end alike only the one that is meant is found', async () => {
  const { text } = await afterAction(similarNames, 'class Net', /^Initialize/);
  assert.match(text, /name\.endswith\('\.o\.weight'\)/);
});

for (const [what, text] of Object.entries(foreign)) {
  test(`no offer to initialize ${what}`, async () => {
    const actions = await actionsAt(open(text), text, 'class Net');
    assert.deepEqual(
      actions.filter(it => it.title.startsWith('Initialize')),
      [],
    );
  });
}

test('no offer where somebody has initialized it, or away from the head of a class', async () => {
  const uri = open(xavierRelu);
  assert.deepEqual(await actionsAt(uri, xavierRelu, 'class Net'), []);
  const plain = open(networks.MLP!);
  assert.deepEqual(await actionsAt(plain, networks.MLP!, 'self.body(x)'), []);
});

const rewritten: readonly (readonly [title: RegExp, call: string])[] = [
  [/^Rewrite as Kaiming uniform, which fits `relu`$/, "nn.init.kaiming_uniform_(layer.weight, nonlinearity='relu')"],
  [/^Rewrite as Kaiming normal/, "nn.init.kaiming_normal_(layer.weight, nonlinearity='relu')"],
  [/^Rewrite as Xavier uniform/, 'nn.init.xavier_uniform_(layer.weight)'],
  [/^Rewrite as LeCun normal/, "nn.init.kaiming_normal_(layer.weight, nonlinearity='linear')"],
  [/^Rewrite as orthogonal/, "nn.init.orthogonal_(layer.weight, gain=nn.init.calculate_gain('relu'))"],
  [/^Rewrite as truncated normal/, 'nn.init.trunc_normal_(layer.weight, std=0.0884, a=-0.177, b=0.177)'],
];

for (const [title, call] of rewritten) {
  test(`${title.source}`, async () => {
    const { text } = await afterAction(xavierRelu, 'xavier_normal_', title);
    assert.equal(text, xavierRelu.replace('nn.init.xavier_normal_(layer.weight)', call));
  });
}

test('Rewrite with the own gain of what torch has no name for', async () => {
  const gelu = xavierRelu.replace('F.relu', 'F.gelu');
  const { text, rules } = await afterAction(gelu, 'xavier_normal_', /the gain of `gelu`, 1\.53$/);
  assert.match(text, /nn\.init\.normal_\(layer\.weight, std=1\.5335\d* \* layer\.weight\[0\]\.numel\(\) \*\* -0\.5\)/);
  assert.deepEqual(rules, []);
});

const layer = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, n=64, m=32):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(m, n))  # (out, in)
        self.bias = nn.Parameter(torch.zeros(m))

    def forward(self, x):
        return torch.relu(x @ self.weight.t() + self.bias)
`;

test('Add reset_parameters: as torch writes its own layers', async t => {
  const { text, rules } = await afterAction(layer, 'class Net', /^Add reset_parameters$/);
  assert.deepEqual(rules, []);
  assert.match(text, /nn\.Parameter\(torch\.empty\(m, n\)\) {2}# \(out, in\)/);
  assert.match(text, /\n {8}self\.reset_parameters\(\)\n\n {4}def reset_parameters\(self\):\n/);
  assert.match(text, /kaiming_uniform_\(self\.weight, nonlinearity='relu'\)\n {8}nn\.init\.zeros_\(self\.bias\)\n/);
  if (!hasTorch) return t.skip('torch is not installed');
  assert.equal(
    run(text, 'net = Net()', 'print(net.bias.abs().sum().item(), net.weight.std().item() < 0.25)'),
    '0.0 True\n',
  );
});

test('Add reset_parameters: fans as the matrix is used, own draws as they were, what is conditional left alone', async t => {
  const { text, rules } = await afterAction(graphLayer, 'class Net', /^Add reset_parameters$/);
  assert.deepEqual(rules, []);
  assert.match(text, /kaiming_uniform_\(self\.attention, a=0\.2, mode='fan_out'\)/);
  assert.match(text, /torch\.empty\(size\)\) {2}# in \[0, 1\]\n/);
  assert.match(text, /uniform_\(self\.scale, 0, 1\)/);
  assert.match(text, /self\.bias = nn\.Parameter\(torch\.zeros\(size\)\)/);
  if (!hasTorch) return t.skip('torch is not installed');
  const printed = run(text, 'net = Net(bias=False)', 'print(net.bias, 0.4 < net.scale.mean().item() < 0.6)');
  assert.equal(printed, 'None True\n');
});

for (const [how, text] of Object.entries(decided)) {
  test(`no reset_parameters for what is decided ${how}`, async () => {
    const actions = await actionsAt(open(text), text, 'class Net');
    assert.deepEqual(
      actions.filter(it => it.title === 'Add reset_parameters'),
      [],
    );
  });
}

test('what a base class in another file makes is left to it', async () => {
  const base = 'file:///w/base_layer.py';
  client.open(base, layer.replace('class Net', 'class Base'));
  const derived = `from torch import nn
from base_layer import Base


class Net(Base):
    def __init__(self):
        super().__init__()
        self.gate = nn.Parameter(nn.Linear(2, 2).weight.new_zeros(1))
`;
  const uri = open(derived);
  const actions = await actionsAt(uri, derived, 'class Net');
  for (const { edit } of actions) assert.deepEqual(Object.keys(edit.changes), [uri]);
  assert.ok(!actions.some(it => JSON.stringify(it.edit).includes('self.weight')));
});

interface Item {
  readonly label: string;
  readonly detail?: string;
  readonly sortText: string;
  readonly textEdit: { readonly newText: string };
}

/** Completions where the text says `|`. */
async function completions(text: string): Promise<readonly Item[]> {
  const uri = open(text.replace('|', ''));
  const { result } = await client.request('textDocument/completion', {
    textDocument: { uri },
    position: positionOf(text, '|'),
  });
  return [...result].sort((a: Item, b: Item) => (a.sortText < b.sortText ? -1 : 1));
}

const writing = (line: string, activation = 'relu') =>
  xavierRelu.replace('nn.init.xavier_normal_(layer.weight)', line).replace('F.relu', `F.${activation}`);

test('completion puts the fitting initializer first and says why', async () => {
  const [first, second, third] = await completions(writing('nn.init.|'));
  assert.equal(first?.label, 'kaiming_uniform_');
  assert.match(first?.detail ?? '', /^`relu` follows `layers\.0\.weight`: gain 1\.41$/);
  assert.equal(second?.label, 'kaiming_normal_');
  assert.equal(third?.detail, undefined);
  const [forTanh] = await completions(writing('nn.init.|(self.layers[0].weight)', 'tanh'));
  assert.match(forTanh?.label ?? '', /^xavier_/);
  const [forBias] = await completions(writing('nn.init.|(layer.bias)'));
  assert.equal(forBias?.label, 'zeros_');
  assert.deepEqual(await completions(writing('nn.|')), []);
  assert.deepEqual(await completions(writing('# nn.init.|')), []);
});

test('completion of arguments: mode and nonlinearity that fit, with quotes where they are missing', async () => {
  const labels = (items: readonly Item[]) => items.map(it => it.label);
  const args = await completions(writing('nn.init.kaiming_normal_(layer.weight, |)'));
  assert.deepEqual(labels(args).slice(0, 2), ["mode='fan_in'", "nonlinearity='relu'"]);
  const values = await completions(writing('nn.init.kaiming_normal_(layer.weight, nonlinearity=|)'));
  assert.equal(values[0]?.textEdit.newText, "'relu'");
  const inQuotes = await completions(writing("nn.init.kaiming_normal_(layer.weight, nonlinearity='|')"));
  assert.equal(inQuotes[0]?.textEdit.newText, 'relu');
  const given = await completions(writing("nn.init.kaiming_normal_(layer.weight, |, nonlinearity='relu')"));
  assert.ok(!labels(given).some(it => it.startsWith('nonlinearity')));
  const gain = await completions(writing('nn.init.xavier_normal_(layer.weight, |)', 'tanh'));
  assert.equal(gain[0]?.label, 'gain=1.667');
});

test('signature help: the parameter that the cursor is in, and what would fit', async () => {
  const text = writing('nn.init.kaiming_normal_(layer.weight, mode=|)');
  const uri = open(text.replace('|', ''));
  const { result } = await client.request('textDocument/signatureHelp', {
    textDocument: { uri },
    position: positionOf(text, '|'),
  });
  const [signature] = result.signatures;
  assert.match(signature.label, /^kaiming_normal_\(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu'/);
  assert.equal(result.activeParameter, 2);
  assert.match(signature.documentation.value, /`relu` follows .*: gain 1\.41 → `kaiming_normal_`/);
});

test('signature help looks at the tensor that stands there, and is silent about layers that are not', async () => {
  const adviceAt = async (line: string) => {
    const text = writing(line);
    const uri = open(text.replace('|', ''));
    const position = positionOf(text, '|');
    const { result } = await client.request('textDocument/signatureHelp', { textDocument: { uri }, position });
    return result.signatures[0].documentation?.value ?? '';
  };
  assert.match(await adviceAt('nn.init.constant_(|layer.bias, 0)'), /→ `zeros_`$/);
  assert.equal(await adviceAt('isinstance(layer, nn.BatchNorm1d) and nn.init.constant_(|layer.weight, 1)'), '');
});
