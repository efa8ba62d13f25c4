/** The workflow that uploads findings: its command runs, and what it would upload is as GitHub wants it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';
import { temporaryFolder } from '../temporary.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const workflow = readFileSync(`${root}/.github/workflows/code-scanning.yml`, 'utf8');
const folder = temporaryFolder({});
after(() => folder.remove());

test('the command of the code-scanning workflow writes the file that its next step uploads', () => {
  const [, command] = /run: node (dist\/cli\.js check .*)$/m.exec(workflow)!;
  const [, uploaded] = /sarif_file: (.*)$/m.exec(workflow)!;
  const args = command!.split(' ').map(it => (it === uploaded ? `${folder.path}/${it}` : it));
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const { version, $schema, runs } = JSON.parse(readFileSync(`${folder.path}/${uploaded}`, 'utf8')) as Log;
  assert.equal(version, '2.1.0');
  assert.match($schema!, /sarif-2\.1\.0/);
  const { tool, results } = runs[0]!;
  const rules = new Map(tool.driver.rules!.map(it => [it.id, it]));
  assert.ok(results!.length > 5, `${results!.length} results`);
  for (const { ruleId, message, locations } of results!) {
    assert.ok(rules.get(ruleId!)?.shortDescription?.text, `${ruleId} is not described`);
    assert.ok(message.text, 'no message');
    const { artifactLocation, region } = locations![0]!.physicalLocation!;
    assert.ok(
      existsSync(`${root}/${artifactLocation!.uri}`),
      `${artifactLocation!.uri} is not relative to the repository`,
    );
    assert.ok(region!.startLine! > 0 && region!.startColumn! > 0);
  }
});
