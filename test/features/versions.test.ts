/** Versions: what is configured goes first, then the environment, then the nearest lock file that names the package. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Configuration } from '../../server/features/configuration/configuration.js';
import { VersionLookup } from '../../server/features/versions/lookup.js';
import { memoryFiles } from './memory-files.js';

function torchFor(texts: Readonly<Record<string, string>>, configuration: Configuration = {}, path = '/w/pkg/net.py') {
  const environments = ['/w/.venv/lib/python3.11/site-packages'];
  return new VersionLookup({ files: memoryFiles(texts), environments })
    .settingsFor(path, configuration)
    .get('torch-version');
}

const lock = '[[package]]\nname = "numpy"\nversion = "1.0"\n\n[[package]]\nname = "torch"\nversion = "2.1.2+cu118"\n';
const installed = { '/w/.venv/lib/python3.11/site-packages/torch-2.4.1.dist-info/METADATA': '' };

test('every kind of lock file', () => {
  assert.equal(torchFor({ '/w/uv.lock': lock }), '2.1.2');
  assert.equal(torchFor({ '/w/poetry.lock': lock }), '2.1.2');
  assert.equal(torchFor({ '/w/pdm.lock': lock }), '2.1.2');
  assert.equal(torchFor({ '/w/Pipfile.lock': '{"default": {"torch": {"version": "==1.12.1"}}}' }), '1.12.1');
  assert.equal(torchFor({ '/w/requirements.txt': 'numpy\ntorch==2.0.1+cu117  # why\ntorchvision==0.15\n' }), '2.0.1');
  assert.equal(torchFor({ '/w/requirements.txt': 'torch[opt] == 2.3.* ; python_version > "3.8"\n' }), '2.3');
});

test('what pins nothing, and what is broken, says nothing', () => {
  assert.equal(torchFor({ '/w/requirements.txt': 'torch>=1.8\ntorchvision==0.15\npytorch==3\n' }), undefined);
  assert.equal(torchFor({ '/w/uv.lock': '[[package]\n', '/w/Pipfile.lock': '{' }), undefined);
  assert.equal(torchFor({ '/w/uv.lock': 'package = 3\n', '/w/Pipfile.lock': '[]' }), undefined);
});

test('the nearest file decides, none above the repository', () => {
  const texts = { '/w/requirements.txt': 'torch==1.8\n', '/w/pkg/requirements.txt': 'torch==1.9\n' };
  assert.equal(torchFor(texts), '1.9');
  assert.equal(torchFor({ '/w/requirements.txt': 'torch==1.8\n', '/w/pkg/.git/HEAD': '' }), undefined);
});

test('the environment goes before lock files, the configuration before both', () => {
  const texts = { ...installed, '/w/uv.lock': lock };
  assert.equal(torchFor(texts), '2.4.1');
  assert.equal(torchFor(texts, { torchVersion: '1.13' }), '1.13');
});

test('the version of transformers is looked up as well', () => {
  const files = memoryFiles({ '/w/requirements.txt': 'transformers==4.40.0\n' });
  const settings = new VersionLookup({ files, environments: [] }).settingsFor('/w/net.py', {});
  assert.deepEqual([...settings], [['transformers-version', '4.40.0']]);
});
