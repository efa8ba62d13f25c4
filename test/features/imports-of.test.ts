/** Where imports lead, as the text of files has them, and how often that text is read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ImportsOf } from '../../server/imports-of.js';

function modulesOf(texts: Record<string, string>) {
  const reads: string[] = [];
  return {
    reads,
    text(path: string) {
      if (texts[path] !== undefined) reads.push(path);
      return texts[path];
    },
    isThere: (path: string) => texts[path] !== undefined,
    find: (name: string) => (texts[`/w/${name}.py`] === undefined ? undefined : `/w/${name}.py`),
  };
}

const texts = {
  '/w/train.py': 'import net\n',
  '/w/net.py': 'from . import layers\n',
  '/w/layers.py': '',
  '/w/other.py': '',
};

test('imports lead as far as they go, in circles too', () => {
  const imports = new ImportsOf(modulesOf({ ...texts, '/w/layers.py': 'import train\n' }));
  assert.equal(imports.leadTo('/w/train.py', '/w/layers.py'), true);
  assert.equal(imports.leadTo('/w/train.py', '/w/other.py'), false);
  assert.equal(imports.leadTo('/w/layers.py', '/w/net.py'), true);
});

test('many questions about a file read it once, until something changes', () => {
  const modules = modulesOf({ ...texts });
  const imports = new ImportsOf(modules);
  for (const to of ['/w/net.py', '/w/layers.py', '/w/other.py']) imports.leadTo('/w/train.py', to);
  const once = modules.reads.length;
  assert.deepEqual(modules.reads.toSorted(), [...new Set(modules.reads)].sort());
  imports.forget();
  imports.leadTo('/w/train.py', '/w/net.py');
  assert.equal(modules.reads.length, 2 * once);
});
