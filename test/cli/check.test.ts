/** `initlens check`: what it prints, what it repairs, how it ends. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { deprecated, kaimingRelu, xavierRelu } from '../lsp/samples.js';
import { temporaryFolder } from '../temporary.js';
import { initlens, report } from './run.js';

const folder = temporaryFolder({ 'net.py': xavierRelu, 'clean.py': kaimingRelu, 'pkg/old.py': deprecated });
after(() => folder.remove());
const cwd = folder.path;

test('text: findings with carets and a summary; 1 where there is a warning', () => {
  const { code, output, errors } = initlens(['check', 'net.py'], { cwd });
  assert.equal(errors, '');
  assert.equal(code, 1);
  assert.match(output, /^net\.py:11:21 warning\[gain-mismatch\] /);
  assert.match(output, / 11 \| {13}nn\.init\.xavier_normal_\(layer\.weight\)\n {6}\| {21}\^{14}\n/);
  assert.match(output, /1 warning in 1 file/);
});

test('0 where there is nothing, and with --exit-zero', () => {
  assert.equal(initlens(['check', 'clean.py'], { cwd }).code, 0);
  assert.equal(initlens(['check', 'net.py', '--exit-zero'], { cwd }).code, 0);
  assert.equal(initlens(['check', 'net.py', '--ignore', 'gain-mismatch'], { cwd }).code, 0);
});

test('JSON has the shape that was promised', () => {
  const { findings, files, errors } = report(initlens(['check', '--format', 'json'], { cwd }));
  assert.equal(files, 3);
  assert.deepEqual(errors, []);
  const finding = findings.find((it: { path: string }) => it.path === 'net.py');
  assert.equal(finding.rule, 'gain-mismatch');
  assert.equal(finding.severity, 'warning');
  assert.deepEqual(finding.start, { line: 11, column: 21 });
  assert.deepEqual(finding.end, { line: 11, column: 35 });
  assert.deepEqual(Object.keys(finding.fix), ['title', 'safe', 'edits']);
  assert.deepEqual(Object.keys(finding.fix.edits[0]), ['start', 'end', 'text']);
  for (const related of finding.related) assert.deepEqual(Object.keys(related), ['path', 'start', 'end', 'message']);
  assert.ok(findings.some((it: { path: string }) => it.path === 'pkg/old.py'));
});

test('columns count code points', () => {
  const text = "from torch import nn\nw = nn.Linear(5, 5).weight\n'😀😀'; nn.init.xavier_uniform(w)\n";
  const name = folder.write('astral/a.py', text) && 'astral/a.py';
  const [finding] = report(initlens(['check', name, '--format', 'json'], { cwd })).findings;
  assert.equal(finding.rule, 'deprecated-initializer');
  assert.deepEqual(finding.start, { line: 3, column: "'xx'; nn.init.".length + 1 });
});

test('--select takes rules, and names those that do not exist', () => {
  const { findings } = report(initlens(['check', '--select', 'deprecated-initializer', '--format', 'json'], { cwd }));
  assert.deepEqual([...new Set(findings.map((it: { rule: string }) => it.rule))], ['deprecated-initializer']);
  const { code, errors } = initlens(['check', '--select', 'gain-mismach'], { cwd });
  assert.equal(code, 2);
  assert.equal(errors, 'initlens: there is no rule gain-mismach; is gain-mismatch meant?\n');
});

test('--fix applies the safe fixes, --unsafe-fixes the others', () => {
  const copy = temporaryFolder({ 'old.py': deprecated, 'net.py': xavierRelu });
  const { output } = initlens(['check', '--fix'], { cwd: copy.path });
  assert.match(output, /^1 fix applied\./);
  assert.equal(readFileSync(`${copy.path}/old.py`, 'utf8'), deprecated.replace('kaiming_normal(', 'kaiming_normal_('));
  assert.equal(readFileSync(`${copy.path}/net.py`, 'utf8'), xavierRelu);
  const { code } = initlens(['check', '--fix', '--unsafe-fixes'], { cwd: copy.path });
  assert.equal(code, 0);
  assert.match(readFileSync(`${copy.path}/net.py`, 'utf8'), /kaiming_normal_/);
  copy.remove();
});

test('--diff shows and changes nothing', () => {
  const { output } = initlens(['check', 'pkg', '--diff'], { cwd });
  assert.match(output, /^--- pkg\/old\.py\n\+\+\+ pkg\/old\.py\n@@ /);
  assert.match(output, /^\+ {12}nn\.init\.kaiming_normal_\(/m);
  assert.equal(readFileSync(`${cwd}/pkg/old.py`, 'utf8'), deprecated);
});

test('standard input goes by a name, and comes back repaired', () => {
  const options = { cwd, input: xavierRelu };
  const { code, output } = initlens(['check', '-', '--stdin-filename', 'models/x.py', '--format', 'json'], options);
  assert.equal(code, 1);
  assert.equal(JSON.parse(output).findings[0].path, 'models/x.py');
  const fixed = initlens(['check', '-', '--fix'], { cwd, input: deprecated });
  assert.equal(fixed.output, deprecated.replace('kaiming_normal(', 'kaiming_normal_('));
});

test('--statistics counts, --output-file writes, other formats are themselves', () => {
  assert.match(initlens(['check', '--statistics', 'net.py'], { cwd }).output, /^1 {2}gain-mismatch {2}warning/);
  const written = initlens(['check', 'net.py', '--format', 'json', '--output-file', 'out/../report.json'], { cwd });
  assert.equal(written.output, '');
  assert.equal(JSON.parse(readFileSync(`${cwd}/report.json`, 'utf8')).files, 1);
  assert.match(initlens(['check', 'net.py', '--format', 'github'], { cwd }).output, /^::warning title=InitLens/);
  const sarif = JSON.parse(initlens(['check', 'net.py', '--format', 'sarif'], { cwd }).output);
  assert.equal(sarif.runs[0].results[0].ruleId, 'gain-mismatch');
  assert.equal(initlens(['check', 'net.py', '-o', 'no/such/folder/x'], { cwd }).code, 2);
});

test('configurations are found above the files, or named', () => {
  const project = temporaryFolder({
    'pyproject.toml': '[tool.initlens]\nignore = ["gain-mismatch"]\n',
    'a/net.py': xavierRelu,
    'b/initlens.toml': 'ignore = []\n[severity]\ngain-mismatch = "hint"\n',
    'b/net.py': xavierRelu,
    'strict.toml': 'select = ["ALL"]\n',
  });
  const options = { cwd: project.path };
  assert.equal(initlens(['check', 'a'], options).code, 0);
  const { findings } = report(initlens(['check', 'b', '--format', 'json'], options));
  assert.equal(findings[0].severity, 'hint');
  assert.equal(initlens(['check', 'a', '--config', 'strict.toml'], options).code, 1);
  assert.equal(initlens(['check', 'a', '--config', 'none.toml'], options).code, 2);
  project.remove();
});

test('what is wrong in a configuration is a finding, a broken one an error, and the rest goes on', () => {
  const project = temporaryFolder({ 'initlens.toml': 'ignores = []\n', 'net.py': xavierRelu });
  const options = { cwd: project.path };
  const { findings } = report(initlens(['check', '--format', 'json'], options));
  assert.deepEqual(
    findings.map((it: { rule: string; path: string }) => [it.rule, it.path]),
    [
      ['configuration', 'initlens.toml'],
      ['gain-mismatch', 'net.py'],
    ],
  );
  project.write('initlens.toml', 'ignore = [\n');
  const broken = initlens(['check', '--format', 'json'], options);
  assert.equal(broken.code, 2);
  assert.equal(report(broken).errors[0].path, 'initlens.toml');
  assert.equal(report(broken).findings.length, 1);
  project.remove();
});

test('suppressions, and those that do nothing', () => {
  const suppressed = xavierRelu.replace('(layer.weight)\n', '(layer.weight)  # initlens: ignore[gain-mismatch]\n');
  assert.equal(initlens(['check', '-'], { cwd, input: suppressed }).code, 0);
  const idle = kaimingRelu.replace("'relu')\n", "'relu')  # initlens: ignore[gain-mismatch]\n");
  const fixed = initlens(['check', '-', '--fix'], { cwd, input: idle });
  assert.equal(fixed.output, kaimingRelu);
});

test('help, version, explain, and words that are no commands', () => {
  assert.match(initlens(['--help'], { cwd }).output, /check \[PATH…\]/);
  assert.match(initlens(['check', '--help'], { cwd }).output, /--stdin-filename PATH/);
  assert.match(initlens(['--version'], { cwd }).output, /^initlens \d+\.\d+\.\d+\n$/);
  assert.match(initlens(['explain', 'gain-mismatch'], { cwd }).output, /## What it does/);
  assert.equal(initlens(['explain', 'gain-mismach'], { cwd }).code, 2);
  assert.match(initlens(['chekc'], { cwd }).errors, /is check meant\?/);
  assert.equal(initlens([], { cwd }).code, 2);
  assert.equal(initlens(['server'], { cwd }).code, 2);
});

test('options that contradict each other are refused before anything is read', () => {
  const refused = (...args: string[]) => initlens(['check', ...args], { cwd, input: '' });
  assert.equal(refused('--stdin-filename', 'x.py').errors, 'initlens: --stdin-filename goes with - for PATH\n');
  assert.equal(refused('-', 'net.py').errors, 'initlens: - stands alone: other paths are not read with it\n');
  assert.equal(refused('-', '--watch').errors, 'initlens: standard input cannot be watched\n');
  assert.equal(refused('-', 'net.py').code, 2);
});

test('.gitignore holds for folders, and not for a file that is named', () => {
  const project = temporaryFolder({ '.gitignore': 'out/\n', '.git/HEAD': '', 'out/net.py': xavierRelu });
  const options = { cwd: project.path };
  assert.equal(report(initlens(['check', '--format', 'json'], options)).files, 0);
  assert.equal(report(initlens(['check', 'out/net.py', '--format', 'json'], options)).findings.length, 1);
  project.remove();
});

test('colour only where it is asked for or seen, never in a file', () => {
  const environment = { FORCE_COLOR: '1' };
  const output = (given = {}) => initlens(['check', 'net.py'], { cwd, environment: given }).output;
  assert.ok(output(environment).includes('\u001b[1m'));
  assert.ok(!output().includes('\u001b'));
  assert.ok(!output({ ...environment, NO_COLOR: '1' }).includes('\u001b'));
  initlens(['check', 'net.py', '-o', 'plain.txt'], { cwd, environment });
  assert.ok(!readFileSync(`${cwd}/plain.txt`, 'utf8').includes('\u001b'));
});

test('a folder that is given is the workspace of its files, wherever the program is started', () => {
  const raw =
    'import torch\nfrom torch import nn\n\n\nclass Scale(nn.Module):\n    def __init__(self):\n        super().__init__()\n';
  const elsewhere = temporaryFolder({
    'layers/scale.py': `${raw}        self.weight = nn.Parameter(torch.empty(8, 8))\n\n    def forward(self, x):\n        return x @ self.weight\n`,
    'train.py':
      'from layers.scale import Scale\n\n\ndef start(net):\n    for it in net.modules():\n        if isinstance(it, Scale):\n            it.weight.data.normal_(0, 0.1)\n',
  });
  after(() => elsewhere.remove());
  const rules = (path: string, from: string): string[] => {
    const { findings } = report(initlens(['check', path, '--format', 'json'], { cwd: from }));
    return findings.map((it: { rule: string }) => it.rule);
  };
  const own = rules('.', elsewhere.path);
  assert.ok(!own.includes('uninitialized-parameter'), own.join());
  assert.deepEqual(rules(elsewhere.path, cwd), own);
  assert.ok(rules(`${elsewhere.path}/layers`, cwd).includes('uninitialized-parameter'));
});
