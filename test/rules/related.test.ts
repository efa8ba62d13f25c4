/** Findings point at what explains them: where a weight is made, what reads it, what comes before or after. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { analyze, createProject, type Finding } from '../../server/analyze.js';
import { casesOf } from '../markdown/blocks.js';
import { memoryFiles } from '../markdown/memory-files.js';
import { pagesIn } from '../markdown/pages.js';

const ROOT = '/project';

/** Rules whose findings are told by the line alone: a name, an argument, a helper that nothing calls. */
const TOLD_BY_THE_LINE = new Set([
  'absolute-truncation',
  'deprecated-initializer',
  'leaf-in-place',
  'tensor-as-parameter',
  'unguarded-init-weights',
  'unknown-nonlinearity',
  'unused-initializer',
  'unused-suppression',
  'wrong-argument',
]);

for (const path of pagesIn('server/rules')) {
  const rule = /([\w-]+)\.md$/.exec(path)![1]!;
  if (rule === 'README' || TOLD_BY_THE_LINE.has(rule)) continue;
  test(`${rule} points at what explains it`, () => {
    const found = findingsOn(path).filter(it => it.rule === rule);
    const related = found.flatMap(({ finding, text }) =>
      finding.related.map(it => text.slice(it.span.start, it.span.end)),
    );
    assert.notEqual(found.length, 0);
    assert.notEqual(related.length, 0);
    assert.ok(related.every(it => it.trim() !== ''));
  });
}

test('a scale that is too small points at the nonlinearity and at the layer', () => {
  const [found] = findingsOn('server/rules/scale-drift.md').filter(it => it.rule === 'scale-drift');
  const shown = found!.finding.related.map(it => it.message);
  assert.match(shown[0]!, /feeds `\w+` here/);
  assert.match(shown[1]!, /is made here/);
});

function findingsOn(page: string): readonly { rule: string; finding: Finding; text: string }[] {
  return casesOf(readFileSync(page, 'utf8')).flatMap(({ files }) => {
    const texts = new Map(files.map(it => [`${ROOT}/${it.path}`, it.code]));
    const project = createProject({ files: memoryFiles(texts), roots: [ROOT], pythonPath: [] });
    return [...texts].flatMap(([path, text]) =>
      analyze(project, path).findings.map(finding => ({ rule: finding.rule, finding, text })),
    );
  });
}
