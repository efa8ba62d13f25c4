/** What the web worker brings itself: files from memory, and SHA-256 in steps. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { GivenFiles } from '../../server/browser/files.js';
import { Sha256 } from '../../server/browser/sha256.js';
import { FileFault } from '../../server/host.js';

test('SHA-256 agrees with the one of Node at every length around a block, in pieces of every size', () => {
  for (let length = 0; length <= 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 0xff);
    const piece = 1 + (length % 70);
    const digest = new Sha256();
    for (let start = 0; start < length; start += piece) digest.update(bytes.subarray(start, start + piece));
    assert.equal(digest.finish(), createHash('sha256').update(bytes).digest('hex'), `${length} bytes`);
  }
});

for (const root of ['', 'memfs:', 'vscode-vfs://github']) {
  test(`files below ${root || '/'} imply their folders`, () => {
    const files = new GivenFiles();
    files.put(`${root}/project/models/net.py`, new Uint8Array(3));
    files.put(`${root}/project/train.py`, new Uint8Array(0));
    assert.deepEqual(namesIn(files, `${root}/project`), ['models folder', 'train.py file']);
    assert.equal(files.status(`${root}/project/models`)?.kind, 'folder');
    assert.equal(files.status(`${root}/project/models/net.py`)?.size, 3);
    assert.equal(faultOf(files.read(`${root}/project/models`)), 'folder');
  });
}

test('a file that is gone is missing, also from its folder', () => {
  const files = new GivenFiles();
  files.put('/project/a.py', new Uint8Array(1));
  files.put('/project/b.py', new Uint8Array(1));
  files.put('/project/a.py', undefined);
  assert.deepEqual(namesIn(files, '/project'), ['b.py file']);
  assert.equal(faultOf(files.read('/project/a.py')), 'missing');
  assert.equal(faultOf(files.list('/elsewhere')), 'missing');
});

function namesIn(files: GivenFiles, folder: string): readonly string[] {
  const entries = files.list(folder);
  assert.ok(!(entries instanceof FileFault));
  return entries.map(({ name, kind }) => `${name} ${kind}`).sort();
}

function faultOf(answer: unknown): string {
  return answer instanceof FileFault ? answer.reason : 'none';
}
