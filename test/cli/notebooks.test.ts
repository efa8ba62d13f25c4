/** Notebooks on the command line: one program in cells, each finding in its cell. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { deprecated } from '../lsp/samples.js';
import { temporaryFolder } from '../temporary.js';
import { initlens, report } from './run.js';

type Cell = readonly [type: 'code' | 'markdown', source: string];

function notebook(...cells: Cell[]): string {
  const written = cells.map(([cell_type, source]) => ({
    cell_type,
    metadata: {},
    source: source.match(/[^\n]*\n|[^\n]+$/g) ?? [],
    ...(cell_type === 'code' && { execution_count: null, outputs: [] }),
  }));
  const metadata = { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } };
  return `${JSON.stringify({ cells: written, metadata, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
}

const imports: Cell = ['code', '%matplotlib inline\n!pip install torch\nfrom torch import nn'];
const layer: Cell = ['code', '"""😀"""\nnet = nn.Linear(3, 4)'];
const oldName: Cell = ['code', '\nnn.init.xavier_uniform(net.weight)'];
const title: Cell = ['markdown', '# A network'];

const folder = temporaryFolder({
  'x.ipynb': notebook(imports, layer, oldName),
  'titled.ipynb': notebook(title, imports, title, layer, oldName),
  'half.ipynb': notebook(imports, ['code', 'nn.init.zeros(\n'], layer, oldName),
  'broken.ipynb': '{"cells": [',
  'list.ipynb': '[]',
  'old.py': deprecated,
  'fix.ipynb': notebook(title, imports, layer, oldName),
  'odd.ipynb': notebook(imports, layer, oldName).replace('"nbformat_minor": 5', '"nbformat_minor": 5.0'),
  'r.ipynb': notebook(imports, layer, oldName).replace('"python"', '"R"'),
  '.ipynb_checkpoints/x-checkpoint.ipynb': notebook(imports, layer, oldName),
});
after(() => folder.remove());
const cwd = folder.path;

test('cells are one program in order, and a finding names its cell', () => {
  const { code, output } = initlens(['check', 'x.ipynb'], { cwd });
  assert.equal(code, 1);
  assert.match(output, /^x\.ipynb:cell 3:2:9 warning\[deprecated-initializer\] /);
  assert.match(output, / {4}2 \| nn\.init\.xavier_uniform\(net\.weight\)\n {6}\| {9}\^{14}\n/);
  assert.match(initlens(['check', 'titled.ipynb'], { cwd }).output, /^titled\.ipynb:cell 5:2:9 /);
});

test('JSON tells cells of findings and of edits', () => {
  const { findings } = report(initlens(['check', '--format', 'json', 'x.ipynb'], { cwd }));
  const [finding] = findings;
  assert.equal(finding.cell, 3);
  assert.deepEqual(finding.start, { line: 2, column: 9 });
  assert.deepEqual(finding.fix.edits[0].cell, 3);
});

test('a syntax error silences its cell and no other', () => {
  const { findings } = report(initlens(['check', '--format', 'json', 'half.ipynb'], { cwd }));
  assert.deepEqual(
    findings.map((it: { cell: number }) => it.cell),
    [4],
  );
});

test('a broken notebook is named, and the rest goes on', () => {
  const { code, output, errors } = initlens(['check', 'broken.ipynb', 'list.ipynb', 'old.py'], { cwd });
  assert.equal(code, 2);
  assert.match(errors, /broken\.ipynb: not a notebook: /);
  assert.match(errors, /list\.ipynb: not a notebook: there are no cells in it/);
  assert.match(output, /old\.py:11:21 warning\[deprecated-initializer\]/);
});

test('other languages and checkpoints are left alone', () => {
  const { findings } = report(initlens(['check', '--format', 'json'], { cwd }));
  const paths: string[] = findings.map((it: { path: string }) => it.path);
  assert.ok(paths.includes('x.ipynb'));
  assert.ok(!paths.some(it => it.startsWith('.ipynb_checkpoints') || it === 'r.ipynb'));
});

test('--fix changes the cell and nothing else of the file', () => {
  const before = readFileSync(`${cwd}/fix.ipynb`, 'utf8');
  const { code } = initlens(['check', '--fix', 'fix.ipynb'], { cwd });
  assert.equal(code, 0);
  const fixed = readFileSync(`${cwd}/fix.ipynb`, 'utf8');
  assert.equal(fixed, before.replace('xavier_uniform(', 'xavier_uniform_('));
});

test('--fix leaves a file that it could not write back as it was', () => {
  const before = readFileSync(`${cwd}/odd.ipynb`, 'utf8');
  const { code, errors } = initlens(['check', '--fix', 'odd.ipynb'], { cwd });
  assert.equal(code, 2);
  assert.match(errors, /odd\.ipynb: cannot be fixed: it is not written as Jupyter writes it/);
  assert.equal(readFileSync(`${cwd}/odd.ipynb`, 'utf8'), before);
});
