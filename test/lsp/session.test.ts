/** Sessions against the real server process: edits in, diagnostics, actions and hovers out. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from './client.js';
import { deprecated, kaimingRelu, positionOf, xavierRelu } from './samples.js';

const uri = 'file:///w/net.py';
let client: Client;

before(async () => {
  client = new Client();
  const { result } = await client.initialize({ initializationOptions: { rulePages: 'initlens:/rules' } });
  assert.equal(result.capabilities.textDocumentSync.change, 2);
  assert.equal(result.capabilities.positionEncoding, 'utf-16');
  assert.equal(result.capabilities.diagnosticProvider, undefined);
});

after(async () => {
  assert.equal(await client.stop(), 0);
});

const rulesOf = (diagnostics: { code: string }[]) => [...new Set(diagnostics.map(it => it.code))];

test('opening a file brings its diagnostics', async () => {
  client.open(uri, xavierRelu);
  const [diagnostic] = await client.diagnostics(uri, 1);
  assert.equal(diagnostic.code, 'gain-mismatch');
  assert.equal(diagnostic.source, 'initlens');
  assert.equal(diagnostic.severity, 2);
  assert.equal(diagnostic.codeDescription.href, 'initlens:/rules/gain-mismatch.md');
  assert.deepEqual(diagnostic.range.start, positionOf(xavierRelu, 'xavier_normal_'));
});

test('an incremental edit repairs it, another brings it back', async () => {
  const start = positionOf(xavierRelu, 'xavier_normal_');
  const end = { line: start.line, character: start.character + 'xavier_normal_(layer.weight)'.length };
  client.change(uri, 2, { range: { start, end }, text: "kaiming_normal_(layer.weight, nonlinearity='relu')" });
  assert.deepEqual(await client.diagnostics(uri, 2), []);
  client.change(uri, 3, { text: xavierRelu });
  assert.deepEqual(rulesOf(await client.diagnostics(uri, 3)), ['gain-mismatch']);
});

test('columns count UTF-16 units, also behind astral characters and carriage returns', async () => {
  const text = xavierRelu
    .replace('        for layer in self.layers:\n            nn', "        '😀'; nn")
    .replaceAll('\n', '\r\n');
  const astral = text.replace('xavier_normal_(layer.weight)', 'xavier_normal_(self.layers[0].weight)');
  const line = astral.split('\r\n').findIndex(it => it.includes('😀'));
  const emoji = 'file:///w/emoji.py';
  client.open(emoji, astral.replace(/ {12}nn\.init\.zeros_.*\r\n/, ''));
  const [diagnostic] = await client.diagnostics(emoji, 1);
  assert.deepEqual(diagnostic.range.start, { line, character: "        '😀'; nn.init.".length });
  const range = { start: { line, character: 9 }, end: { line, character: 11 } };
  client.change(emoji, 2, { range, text: 'ab' }, { range: { ...range, end: range.start }, text: 'c' });
  const [moved] = await client.diagnostics(emoji, 2);
  assert.deepEqual(moved.range.start, { line, character: "        'cab'; nn.init.".length });
});

test('a burst of edits is answered for the last of them, and never out of order', async () => {
  const burst = 'file:///w/burst.py';
  client.open(burst, kaimingRelu);
  for (let version = 2; version <= 30; version++)
    client.change(burst, version, { text: `${xavierRelu}\n# ${version}\n` });
  client.change(burst, 31, { text: kaimingRelu });
  assert.deepEqual(await client.diagnostics(burst, 31), []);
  const versions = client.published(burst).map(it => it.params.version);
  assert.deepEqual(
    versions,
    versions.toSorted((a, b) => a - b),
  );
  assert.ok(versions.length < 31, 'some of the older ones were skipped');
});

function actionsAt(text: string, needle: string, document: string, only?: string[]) {
  const position = positionOf(text, needle, 2);
  const context = { diagnostics: [], ...(only && { only }) };
  const range = { start: position, end: position };
  return client.request('textDocument/codeAction', { textDocument: { uri: document }, range, context });
}

function applied(text: string, edits: { range: { start: Point; end: Point }; newText: string }[]): string {
  const offsetOf = ({ line, character }: Point) => {
    const lines = text.split('\n').slice(0, line);
    return lines.reduce((sum, it) => sum + it.length + 1, 0) + character;
  };
  return edits
    .toSorted((a, b) => offsetOf(b.range.start) - offsetOf(a.range.start))
    .reduce(
      (now, { range, newText }) => now.slice(0, offsetOf(range.start)) + newText + now.slice(offsetOf(range.end)),
      text,
    );
}

interface Point {
  readonly line: number;
  readonly character: number;
}

test('quick fixes: one preferred, which leaves a clean file, and the suppression', async () => {
  client.change(uri, 4, { text: xavierRelu });
  const { result } = await actionsAt(xavierRelu, 'xavier_normal_', uri, ['quickfix']);
  const preferred = result.filter((it: { isPreferred?: boolean }) => it.isPreferred);
  assert.equal(preferred.length, 1);
  assert.equal(preferred[0].diagnostics[0].code, 'gain-mismatch');
  client.change(uri, 5, { text: applied(xavierRelu, preferred[0].edit.changes[uri]) });
  assert.deepEqual(await client.diagnostics(uri, 5), []);
  const suppression = result.find((it: { title: string }) => it.title === 'Ignore `gain-mismatch` here');
  client.change(uri, 6, { text: applied(xavierRelu, suppression.edit.changes[uri]) });
  assert.deepEqual(await client.diagnostics(uri, 6), []);
});

test('fix all: the safe ones, on request only', async () => {
  const old = 'file:///w/old.py';
  client.open(old, deprecated);
  assert.ok(rulesOf(await client.diagnostics(old, 1)).includes('deprecated-initializer'));
  const { result } = await actionsAt(deprecated, 'import', old, ['source.fixAll.initlens']);
  assert.equal(result.length, 1);
  assert.equal(result[0].kind, 'source.fixAll.initlens');
  assert.equal(
    applied(deprecated, result[0].edit.changes[old]),
    deprecated.replace('kaiming_normal(', 'kaiming_normal_('),
  );
  const { result: unasked } = await actionsAt(deprecated, 'import', old);
  assert.deepEqual(unasked, []);
  const { result: none } = await actionsAt(xavierRelu, 'import', uri, ['source.fixAll']);
  assert.deepEqual(none, []);
});

async function hover(text: string, needle: string, offset = 1): Promise<string> {
  const document = 'file:///w/hover.py';
  client.open(document, text);
  const { result } = await client.request('textDocument/hover', {
    textDocument: { uri: document },
    position: positionOf(text, needle, offset),
  });
  client.notify('textDocument/didClose', { textDocument: { uri: document } });
  return result?.contents.value ?? '';
}

test('a hover on a class counts its parameters, be it one', async () => {
  const text = `from torch import nn

class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2, bias=False)
`;
  assert.match(await hover(text, 'class Scale', 7), /^\*\*Scale\*\*: 1 parameter, 8 values$/m);
});

test('a hover on an initializer: its variance as it is, its numbers, a picture', async () => {
  const text = `from torch import nn

net = nn.Linear(784, 10)
nn.init.xavier_normal_(net.weight)
nn.init.zeros_(net.bias)
`;
  const shown = await hover(text, 'xavier_normal_');
  assert.match(shown, /2\/\(fan_in \+ fan_out\) = 0\.00252, not 1\/n/);
  assert.match(shown, /fan_in 784, fan_out 10/);
  assert.match(shown, /\| gain \| .*, fan_in 784, fan_out 10 \|\n\|:--\|:--\|\n\| values \| N\(0, 0\.0502²\)/);
  assert.match(shown, /\| drawn \| std \d\S*, −\S+ to \S+; seed 0, CPU \|/);
  assert.match(shown, /!\[histogram\]\(data:image\/svg\+xml;base64,/);
  const constant = await hover(text, 'zeros_');
  assert.match(constant, /\| values \| 0 \|/);
  assert.doesNotMatch(constant, /drawn/, 'nothing is drawn for a constant');
});

test('a hover tells how long a draw took that was felt', async () => {
  const text = `from torch import nn

net = nn.Linear(640, 640)
nn.init.orthogonal_(net.weight)
`;
  assert.match(await hover(text, 'orthogonal_'), /\| drawn \| std \d\S*, −\S+ to \S+; seed 0, CPU \d+ ms \|/);
});

test('a hover on a layer, on `self.x`, on a class and on a nonlinearity', async () => {
  assert.match(await hover(xavierRelu, 'nn.Linear(256, 256)', 4), /layers\.0\.weight/);
  const self = await hover(xavierRelu, 'self.out', 6);
  assert.match(self, /out\.weight/);
  assert.match(self, /default/);
  assert.match(await hover(xavierRelu, 'class Net', 7), /\*\*Net\*\*: 22 parameters/);
  assert.match(await hover(xavierRelu, 'F.relu', 3), /asks for gain 1\.41/);
  assert.equal(await hover(xavierRelu, 'super'), '');
});

test('a hover on the name of a rule inside a suppression', async () => {
  const text = xavierRelu.replace('xavier_normal_(layer.weight)', '$&  # initlens: ignore[gain-mismatch, no-such]');
  assert.match(await hover(text, 'gain-mismatch', 3), /\*\*`gain-mismatch`\*\* \(warning\): Finds an initializer/);
  assert.match(await hover(text, 'gain-mismatch', 3), /\[why it matters\]\(initlens:\/rules\/gain-mismatch\.md\)/);
  assert.match(await hover(text, 'no-such', 3), /no rule of this name/);
  assert.doesNotMatch(await hover(text, 'ignore[', 2), /rule/);
});
