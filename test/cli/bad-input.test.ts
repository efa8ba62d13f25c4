/** Input that is wrong, hostile or too much: named and survived, with the right exit code. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { after, test } from 'node:test';
import { hostile } from '../hostile.js';
import { deprecated, xavierRelu } from '../lsp/samples.js';
import { temporaryFolder } from '../temporary.js';
import { initlens, report, started } from './run.js';

const folder = temporaryFolder();
after(() => folder.remove());
const cwd = folder.path;

function check(...args: string[]) {
  return initlens(['check', '--format', 'json', ...args], { cwd });
}

/** What is said of one file with these contents, alone in a folder of its own. */
function errorFor(name: string, contents: string | Uint8Array): { code: number | null; message: string | undefined } {
  folder.write(`bytes/${name}`, contents);
  const ended = check(`bytes/${name}`);
  return { code: ended.code, message: report(ended).errors[0]?.message };
}

test('bytes that are no Python source are named, with the place', () => {
  const latin = Buffer.from('# caf\xe9\n', 'latin1');
  assert.deepEqual(errorFor('latin.py', latin), { code: 2, message: 'not UTF-8 at byte 5' });
  assert.deepEqual(errorFor('null.py', 'x = 1\0\n'), { code: 2, message: 'a null byte at byte 5' });
  assert.deepEqual(errorFor('unknown.py', '# coding: klingon\n'), { code: 2, message: 'unknown encoding: klingon' });
  assert.deepEqual(errorFor('declared.py', Buffer.concat([Buffer.from('# coding: latin-1\n'), latin])), {
    code: 0,
    message: undefined,
  });
});

test('one bad file does not keep the others from being checked', () => {
  folder.write('mixed/bad.py', 'x = 1\0');
  folder.write('mixed/net.py', xavierRelu);
  const ended = check('mixed');
  assert.equal(ended.code, 2);
  const { findings, errors, files } = report(ended);
  assert.equal(findings.length, 1);
  assert.equal(errors.length, 1);
  assert.equal(files, 1);
});

test('paths that do not exist, also as text', () => {
  const ended = check('no/such.py');
  assert.equal(ended.code, 2);
  assert.deepEqual(report(ended).errors, [{ path: 'no/such.py', message: 'no such file or folder' }]);
  const { code, errors } = initlens(['check', 'no/such.py'], { cwd });
  assert.equal(code, 2);
  assert.equal(errors, 'initlens: no/such.py: no such file or folder\n');
});

test('links in circles', () => {
  mkdirSync(`${cwd}/links/inner`, { recursive: true });
  symlinkSync('b.py', `${cwd}/links/a.py`);
  symlinkSync('a.py', `${cwd}/links/b.py`);
  symlinkSync('..', `${cwd}/links/inner/up`);
  folder.write('links/inner/net.py', xavierRelu);
  const ended = check('links');
  assert.equal(ended.code, 1);
  assert.equal(report(ended).files, 1);
  assert.deepEqual(report(check('links/a.py')).errors, [{ path: 'links/a.py', message: 'the links go in circles' }]);
});

const notRoot = process.getuid?.() === 0 ? { uid: 65534 } : {};

test('a folder without permission is named, the rest goes on', () => {
  const shared = temporaryFolder({ 'net.py': xavierRelu, 'locked/secret.py': xavierRelu });
  chmodSync(shared.path, 0o755);
  chmodSync(`${shared.path}/locked`, 0o000);
  const ended = initlens(['check', '--format', 'json'], { cwd: shared.path, ...notRoot });
  chmodSync(`${shared.path}/locked`, 0o755);
  shared.remove();
  assert.equal(ended.code, 2);
  assert.deepEqual(report(ended).errors, [{ path: 'locked', message: 'permission denied' }]);
  assert.equal(report(ended).findings.length, 1);
});

test('--fix on a read-only file leaves it as it was, and nothing beside it', () => {
  const path = folder.write('read-only/old.py', deprecated);
  chmodSync(path, 0o444);
  const ended = check('read-only', '--fix');
  assert.equal(ended.code, 2);
  assert.match(report(ended).errors[0].message, /read-only/);
  assert.equal(readFileSync(path, 'utf8'), deprecated);
  assert.deepEqual(readdirSync(`${cwd}/read-only`), ['old.py']);
});

test('--fix keeps encoding, byte order mark, line breaks and the link that leads to the file', () => {
  const old = deprecated.replaceAll('\n', '\r\n');
  folder.write('kept/bom.py', `\ufeff${old}`);
  folder.write('kept/latin.py', Buffer.from(`# coding: latin-1\n# caf\xe9\n${deprecated}`, 'latin1'));
  symlinkSync('latin.py', `${cwd}/kept/link.py`);
  assert.equal(check('kept', '--fix').code, 0);
  const fixed = (text: string) => text.replace('kaiming_normal(', 'kaiming_normal_(');
  assert.equal(readFileSync(`${cwd}/kept/bom.py`, 'utf8'), `\ufeff${fixed(old)}`);
  assert.equal(readFileSync(`${cwd}/kept/latin.py`, 'latin1'), `# coding: latin-1\n# caf\xe9\n${fixed(deprecated)}`);
});

/** All of them in one run, each in a file of its own with sound code below it. */
const answers = new Map<string, readonly number[]>();

test('hostile files are answered soon, and none of them is an error', () => {
  const nameOf = (index: number) => `hostile/h${index}.py`;
  const texts = Object.entries(hostile);
  for (const [index, [, text]] of texts.entries()) folder.write(nameOf(index), text + xavierRelu);
  const began = performance.now();
  const ended = check('hostile', '--select', 'gain-mismatch');
  assert.ok(performance.now() - began < 60_000);
  assert.equal(ended.errors, '');
  const { errors, findings } = report(ended);
  assert.deepEqual(errors, []);
  assert.equal(ended.code, 1);
  for (const [index, [what]] of texts.entries()) {
    const own = findings.filter((it: { path: string }) => it.path === nameOf(index));
    answers.set(
      what,
      own.map((it: { start: { line: number } }) => it.start.line),
    );
  }
});

for (const [what, text] of Object.entries(hostile)) {
  test(`${what}: what stands below it is checked`, () => {
    assert.deepEqual(answers.get(what), [text.split('\n').length - 1 + 11]);
  });
}

test('an empty file', () => {
  const ended = initlens(['check', '-', '--format', 'json'], { cwd, input: '' });
  assert.deepEqual(report(ended), { findings: [], files: 1, errors: [] });
  assert.equal(ended.code, 0);
});

test('imports in a circle', () => {
  folder.write('circle/a.py', 'from b import B\nclass A(B): pass\n');
  folder.write('circle/b.py', 'from a import A\nclass B(A): pass\n');
  const ended = check('circle');
  assert.equal(ended.code, 0);
  assert.deepEqual(report(ended), { findings: [], files: 2, errors: [] });
});

test('a file of 20 MB', () => {
  folder.write('big/big.py', `x = [\n${'    1234567890,\n'.repeat(1_250_000)}]\n`);
  const ended = check('big');
  assert.equal(ended.code, 0, ended.errors);
  assert.equal(report(ended).files, 1);
});

test('a pipe that nobody reads any more ends the work in silence', async () => {
  for (let index = 0; index < 300; index++) folder.write(`pipe/m${index}.py`, xavierRelu);
  const child = started(['check', 'pipe'], cwd);
  let errors = '';
  child.stderr.on('data', data => {
    errors += data;
  });
  child.stdout.destroy();
  const code = await new Promise(resolve => child.on('exit', resolve));
  assert.equal(errors, '');
  assert.equal(code, 2);
});

test('Ctrl-C ends the work, and leaves nothing half-written', async () => {
  for (let index = 0; index < 400; index++) folder.write(`stop/m${index}.py`, deprecated);
  const child = started(['check', 'stop', '--fix'], cwd);
  let errors = '';
  child.stderr.on('data', data => {
    errors += data;
  });
  const isBegun = () => readFileSync(`${cwd}/stop/m0.py`, 'utf8') !== deprecated;
  while (!isBegun() && child.exitCode === null) await new Promise(resolve => setTimeout(resolve, 10));
  child.kill('SIGINT');
  const code = await new Promise(resolve => child.on('exit', resolve));
  assert.equal(code, 130);
  assert.equal(errors, '');
  const fixed = deprecated.replace('kaiming_normal(', 'kaiming_normal_(');
  for (const name of readdirSync(`${cwd}/stop`)) {
    assert.match(name, /^m\d+\.py$/);
    const text = readFileSync(`${cwd}/stop/${name}`, 'utf8');
    assert.ok(text === deprecated || text === fixed);
  }
});

test('--watch checks again after a change, and ends with Ctrl-C', async () => {
  folder.write('watched/net.py', xavierRelu);
  const child = started(['check', 'watched', '--watch'], cwd);
  let output = '';
  child.stdout.on('data', data => {
    output += data;
  });
  const said = async (text: RegExp) => {
    while (!text.test(output) && child.exitCode === null) await new Promise(resolve => setTimeout(resolve, 20));
  };
  await said(/1 warning in 1 file/);
  folder.write('watched/other.py', 'x = 1\n');
  await said(/1 warning in 2 files/);
  child.kill('SIGINT');
  assert.equal(await new Promise(resolve => child.on('exit', resolve)), 130);
});
