/** Every fix of every sample in the rules' pages and specifications is exact. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { analyze, createProject } from '../../server/analyze.js';
import { faultsOf } from '../ecosystem/fix-property.js';
import { casesOf } from '../markdown/blocks.js';
import { withoutExpectations } from '../markdown/expectations.js';
import { memoryFiles } from '../markdown/memory-files.js';
import { pagesIn } from '../markdown/pages.js';

let tried = 0;

for (const page of [...pagesIn('server/rules'), ...pagesIn('test/rules')]) {
  suite(page, () => {
    for (const { title, files } of casesOf(readFileSync(page, 'utf8'))) {
      test(title, () => assert.deepEqual(faultsIn(files), []));
    }
  });
}

test('there were fixes to try', () => assert.ok(tried > 30, `${tried}`));

function faultsIn(files: readonly { readonly path: string; readonly code: string }[]): readonly string[] {
  const texts = new Map(files.map(it => [`/project/${it.path}`, withoutExpectations(it.code)]));
  const project = createProject({ files: memoryFiles(texts), roots: ['/project'], pythonPath: [] });
  const findings = [...texts.keys()].flatMap(path => analyze(project, path).findings);
  return findings.flatMap(finding =>
    finding.fixes.flatMap(fix => {
      tried++;
      return faultsOf(fix, finding, project).map(it => `${finding.rule}, “${fix.title}”: ${it}`);
    }),
  );
}
