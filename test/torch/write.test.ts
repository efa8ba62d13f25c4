/** Writes intents as code, in the file's own way of writing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { write } from '../../server/frameworks/torch/write/index.js';
import type { Intent } from '../../server/model/intent.js';
import type { InitializerCall } from '../../server/model/parameters.js';
import { parse } from '../../server/syntax/parse.js';
import type { Call } from '../../server/syntax/tree.js';
import { walk } from '../../server/syntax/walk.js';
import { Source } from '../../server/text/source.js';

/** The text after the change that `intent` makes at the first call whose callee is `callee`. */
function changed(
  text: string,
  callee: string,
  intent: (call: InitializerCall, node: Call) => Intent,
): string | undefined {
  const tree = parse(text);
  const node = firstCall(text, callee);
  const edits = write(intent(described(text, node), node), new Source('/net.py', text), tree);
  return edits?.toReversed().reduce((all, it) => all.slice(0, it.start) + it.text + all.slice(it.end), text);
}

function firstCall(text: string, callee: string): Call {
  let found: Call | undefined;
  walk(parse(text), node => {
    if (node.kind === 'Call' && text.slice(node.callee.start, node.callee.end) === callee) found ??= node;
    return true;
  });
  assert.ok(found, `no call of ${callee}`);
  return found;
}

function described(text: string, node: Call): InitializerCall {
  const place = ({ start, end }: { start: number; end: number }) => ({ path: '/net.py', start, end });
  const written = text.slice(node.callee.start, node.callee.end);
  const isFactory = written.startsWith('torch.') && !written.includes('init');
  const isFunction = written.includes('init.') || !written.includes('.');
  const name = node.callee.kind === 'Attribute' ? node.callee.attribute : node.callee;
  const order: Record<string, readonly string[]> = {
    normal_: ['mean', 'std'],
    kaiming_normal_: ['a', 'mode', 'nonlinearity'],
  };
  const names = order[written.slice(written.lastIndexOf('.') + 1)] ?? [];
  const positional = node.args
    .slice(isFunction ? 1 : 0)
    .map((it, i) => ({ name: names[i] ?? `p${i}`, site: place(it) }));
  const keywords = node.keywords.map(it => ({ name: it.name!.name, site: place(it.value), keyword: place(it) }));
  return {
    initializer: written.slice(written.lastIndexOf('.') + 1),
    form: isFactory ? 'factory' : isFunction ? 'function' : 'method',
    written,
    site: place(node),
    callee: place(name),
    args: [...positional, ...keywords],
    target: { kind: 'unknown', reason: 'a test' },
    uncalled: false,
  };
}

const kaiming = {
  kind: 'variance_scaling',
  gain: Math.SQRT2,
  mode: 'fan_in',
  distribution: 'normal',
  name: 'kaiming',
} as const;

const toKaiming = (call: InitializerCall): Intent => ({
  kind: 'reinitialize',
  call,
  spec: kaiming,
  nonlinearity: { name: 'relu' },
});

test('a call keeps its alias, its tensor and its comment', () => {
  const before = 'import torch.nn as nn\nnn.init.xavier_normal_(self.fc.weight, gain=1.0)  # start\n';
  const after = "import torch.nn as nn\nnn.init.kaiming_normal_(self.fc.weight, nonlinearity='relu')  # start\n";
  assert.equal(changed(before, 'nn.init.xavier_normal_', toKaiming), after);
});

test('words get the quotes of the file', () => {
  const before = 'from torch.nn import init\nname = "net"\ninit.xavier_normal_(w)\n';
  const after = 'from torch.nn import init\nname = "net"\ninit.kaiming_normal_(w, nonlinearity="relu")\n';
  assert.equal(changed(before, 'init.xavier_normal_', toKaiming), after);
});

test('arguments that stand one to a line stay so', () => {
  const before = 'from torch.nn import init\ninit.xavier_normal_(\n    w,\n    gain=1.0,\n)\n';
  const after = "from torch.nn import init\ninit.kaiming_normal_(\n    w,\n    nonlinearity='relu',\n)\n";
  assert.equal(changed(before, 'init.xavier_normal_', toKaiming), after);
});

test('a name that is imported alone is imported too', () => {
  const before = 'from torch.nn.init import xavier_normal_\nxavier_normal_(w)\n';
  const after = "from torch.nn.init import xavier_normal_, kaiming_normal_\nkaiming_normal_(w, nonlinearity='relu')\n";
  assert.equal(changed(before, 'xavier_normal_', toKaiming), after);
});

test('a method becomes a function of the init module', () => {
  const before = 'import torch.nn as nn\nself.fc.weight.data.normal_(0, 0.01)\n';
  const after = "import torch.nn as nn\nnn.init.kaiming_normal_(self.fc.weight, nonlinearity='relu')\n";
  assert.equal(changed(before, 'self.fc.weight.data.normal_', toKaiming), after);
});

test('an import is added below the others where none fits', () => {
  const before = '"""Net."""\nimport os\nfrom my import w\n\nw.data.normal_(0, 1)\n';
  const after =
    '"""Net."""\nimport os\nfrom my import w\nfrom torch.nn import init\n\ninit.kaiming_normal_(w, nonlinearity=\'relu\')\n';
  assert.equal(changed(before, 'w.data.normal_', toKaiming), after);
});

test('a factory becomes empty memory that is initialized', () => {
  const before = 'import torch\nimport torch.nn as nn\nw = nn.Parameter(torch.rand(3, 4))\n';
  const after =
    "import torch\nimport torch.nn as nn\nw = nn.Parameter(nn.init.kaiming_normal_(torch.empty(3, 4), nonlinearity='relu'))\n";
  assert.equal(changed(before, 'torch.rand', toKaiming), after);
});

test('a gain without a name is written over the fan', () => {
  const before = 'from torch.nn import init\ninit.xavier_normal_(w)\n';
  const after = 'from torch.nn import init\ninit.normal_(w, std=1.5335 * w[0].numel() ** -0.5)\n';
  const toGelu = (call: InitializerCall): Intent => ({
    kind: 'reinitialize',
    call,
    spec: { ...kaiming, gain: 1.5335 },
  });
  assert.equal(changed(before, 'init.xavier_normal_', toGelu), after);
});

test('Xavier takes the gain of a nonlinearity by its name', () => {
  const before = 'from torch.nn import init\ninit.normal_(w, 0, 1)\n';
  const after = "from torch.nn import init\ninit.xavier_uniform_(w, gain=init.calculate_gain('tanh'))\n";
  const toXavier = (call: InitializerCall): Intent => ({
    kind: 'reinitialize',
    call,
    spec: { kind: 'variance_scaling', gain: 5 / 3, mode: 'fan_avg', distribution: 'uniform', name: 'xavier' },
    nonlinearity: { name: 'tanh' },
  });
  assert.equal(changed(before, 'init.normal_', toXavier), after);
});

test('a positional argument gets its name, and what follows it', () => {
  const name = (call: InitializerCall, node: Call): Intent => ({
    kind: 'name-argument',
    call,
    site: { path: '/net.py', start: node.args[1]!.start, end: node.args[1]!.end },
    name: 'std',
  });
  assert.equal(changed('init.normal_(w, 0.02)\n', 'init.normal_', name), 'init.normal_(w, std=0.02)\n');
});

test('an argument is changed where it stands, else added', () => {
  const set = (call: InitializerCall): Intent => ({ kind: 'argument', call, name: 'mode', value: 'fan_out' });
  const callee = 'init.kaiming_normal_';
  assert.equal(changed(`${callee}(w, 0, 'fan_in')\n`, callee, set), `${callee}(w, 0, 'fan_out')\n`);
  assert.equal(changed(`${callee}(w,\n)\n`, callee, set), `${callee}(w, mode='fan_out',\n)\n`);
});

test('an old name that is imported changes in the import and in every use', () => {
  const before = 'from torch.nn.init import xavier_uniform\nxavier_uniform(a)\nxavier_uniform(b)\n';
  const rename = (call: InitializerCall): Intent => ({ kind: 'rename', site: call.callee, name: 'xavier_uniform_' });
  assert.equal(changed(before, 'xavier_uniform', rename), before.replaceAll('xavier_uniform', 'xavier_uniform_'));
});

test('a statement is deleted with its line, and leaves pass behind where it was alone', () => {
  const remove = (call: InitializerCall): Intent => ({ kind: 'delete-statement', site: call.site });
  assert.equal(changed('a = 1\nf(w)  # why\nb = 2\n', 'f', remove), 'a = 1\nb = 2\n');
  assert.equal(changed('if a:\n    f(w)\n', 'f', remove), 'if a:\n    pass\n');
  assert.equal(changed('a = 1; f(w); b = 2\n', 'f', remove), 'a = 1; b = 2\n');
});

test('a guard takes the statement in', () => {
  const guard = (call: InitializerCall): Intent => ({
    kind: 'guard',
    site: call.site,
    condition: 'm.bias is not None',
  });
  const before = 'def f(m):\n  zeros_(\n    m.bias)\n';
  const after = 'def f(m):\n  if m.bias is not None:\n    zeros_(\n      m.bias)\n';
  assert.equal(changed(before, 'zeros_', guard), after);
});

test('an attribute is put behind the expression', () => {
  const attribute = (_: InitializerCall, node: Call): Intent => ({
    kind: 'attribute',
    site: { path: '/net.py', start: node.args[0]!.start, end: node.args[0]!.end },
    attribute: 'weight',
  });
  assert.equal(changed('init.zeros_(self.fc)\n', 'init.zeros_', attribute), 'init.zeros_(self.fc.weight)\n');
});

test('a line that would become wider than the file is goes over several', () => {
  const long = 'self.an_encoder_of_some_depth.a_projection.weight';
  const before = `from torch.nn import init\ndef f(self):\n    init.xavier_normal_(${long})  # why\n`;
  const after = `from torch.nn import init\ndef f(self):\n    init.kaiming_normal_(\n        ${long}, nonlinearity='relu'\n    )  # why\n`;
  assert.equal(changed(before, 'init.xavier_normal_', toKaiming), after);
  const wide = `${before}# ${'-'.repeat(90)}\n`;
  const onOneLine = wide
    .replace('xavier_normal_', 'kaiming_normal_')
    .replace('weight)', "weight, nonlinearity='relu')");
  assert.equal(changed(wide, 'init.xavier_normal_', toKaiming), onOneLine);
  const wider = before.replace('  # why', '').replace('a_projection', 'a_projection_of_the_keys');
  assert.match(
    changed(wider, 'init.xavier_normal_', toKaiming) ?? '',
    /\(\n {8}self\.[\w.]+,\n {8}nonlinearity='relu',\n {4}\)\n/,
  );
});
