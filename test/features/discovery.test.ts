/** Which files a folder holds, after .gitignore, the usual excludes and the configuration. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Configuration } from '../../server/features/configuration/configuration.js';
import { discoverFiles } from '../../server/features/discovery/discover.js';
import { memoryFiles } from './memory-files.js';

function found(texts: Readonly<Record<string, string>>, folder: string, configuration: Configuration = {}) {
  const files = memoryFiles(texts);
  return [...discoverFiles(folder, { files, configurationOf: () => configuration })].map(it => it.path);
}

test('Python files, sorted, without caches and environments', () => {
  const texts = {
    '/w/b.py': '',
    '/w/a.py': '',
    '/w/notes.txt': '',
    '/w/pkg/c.py': '',
    '/w/.venv/d.py': '',
    '/w/node_modules/e.py': '',
    '/w/my-environment/pyvenv.cfg': '',
    '/w/my-environment/f.py': '',
  };
  assert.deepEqual(found(texts, '/w'), ['/w/a.py', '/w/b.py', '/w/pkg/c.py']);
});

test('a folder that is named is read even where it would be left out', () => {
  assert.deepEqual(found({ '/w/build/a.py': '' }, '/w'), []);
  assert.deepEqual(found({ '/w/build/a.py': '' }, '/w/build'), ['/w/build/a.py']);
});

test('.gitignore holds from the root of the repository down, the nearest last', () => {
  const texts = {
    '/w/.git/HEAD': '',
    '/w/.gitignore': 'generated*\n/out/\n',
    '/w/pkg/.gitignore': '!generated_kept.py\n*.tmp.py\n',
    '/w/generated_a.py': '',
    '/w/out/a.py': '',
    '/w/pkg/out/a.py': '',
    '/w/pkg/generated_b.py': '',
    '/w/pkg/generated_kept.py': '',
    '/w/pkg/x.tmp.py': '',
    '/.gitignore': '*.py\n',
  };
  assert.deepEqual(found(texts, '/w'), ['/w/pkg/generated_kept.py', '/w/pkg/out/a.py']);
  assert.deepEqual(found(texts, '/w/pkg'), ['/w/pkg/generated_kept.py', '/w/pkg/out/a.py']);
});

test('the configuration excludes', () => {
  const exclude = [{ folder: '/w', pattern: 'old/' }];
  assert.deepEqual(found({ '/w/a.py': '', '/w/old/b.py': '' }, '/w', { exclude }), ['/w/a.py']);
});
