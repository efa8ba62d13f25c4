/** pre-commit, configured as `docs/other-editors.md` says, holds up a commit with a finding; skipped where it is not installed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { kaimingRelu, xavierRelu } from '../lsp/samples.js';
import { temporaryFolder } from '../temporary.js';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const page = fileURLToPath(new URL('../../docs/other-editors.md', import.meta.url));

/** What the page tells people to write, with the place of the program that is under test. */
function configuration(): string {
  const [, yaml] = /```yaml\n(repos:[\s\S]*?)```/.exec(readFileSync(page, 'utf8'))!;
  return yaml!.replace('entry: initlens ', `entry: ${process.execPath} ${program} `);
}

const skip = spawnSync('pre-commit', ['--version']).status === 0 ? false : 'needs pre-commit';
const folder = temporaryFolder({ '.pre-commit-config.yaml': configuration() });

/** Nothing of the person's own configuration, nor of their hooks. */
const env = {
  ...process.env,
  HOME: folder.path,
  PRE_COMMIT_HOME: `${folder.path}/.cache`,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@b',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@b',
};

function run(...command: readonly string[]) {
  const options = { cwd: folder.path, env, encoding: 'utf8', timeout: 120_000 } as const;
  const { status, stdout, stderr } = spawnSync(command[0]!, command.slice(1), options);
  return { status, output: stdout + stderr };
}

function commit(name: string, text: string) {
  folder.write(name, text);
  run('git', 'add', name);
  return run('git', 'commit', '-m', name);
}

before(() => {
  if (skip) return;
  run('git', 'init', '-q');
  assert.equal(run('pre-commit', 'install').status, 0);
});
after(() => folder.remove());

test('a commit with a finding is held up, and says why', { skip }, () => {
  const { status, output } = commit('net.py', xavierRelu);
  assert.notEqual(status, 0, output);
  assert.match(output, /net\.py:11:21 warning\[gain-mismatch\]/);
});

test('a notebook is looked at too', { skip }, () => {
  const source = 'from torch import nn\nnet = nn.Linear(3, 4)\nnn.init.xavier_uniform(net.weight)\n';
  const cell = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source };
  run('git', 'rm', '-q', '--cached', 'net.py');
  const { output } = commit(
    'net.ipynb',
    JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
  );
  assert.match(output, /net\.ipynb:cell 1:3:9 .*deprecated-initializer/);
});

test('a commit without findings goes through', { skip }, () => {
  run('git', 'rm', '-q', '--cached', 'net.ipynb');
  run('git', 'add', '.pre-commit-config.yaml');
  const { status, output } = commit('good.py', kaimingRelu);
  assert.equal(status, 0, output);
});
