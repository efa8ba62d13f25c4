/** What is not known of a network is named, with where it comes from. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProject, evaluateTarget } from '../../server/analyze.js';
import { memoryFiles } from '../markdown/memory-files.js';

const code = `import json
import hydra
from torch import nn

with open('config.json') as file:
    cfg = json.load(file)


class FromJson(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 16, 3)
        self.head = nn.Linear(cfg['dim'], 10)


class FromHydra(nn.Module):
    def __init__(self):
        super().__init__()
        config = hydra.compose('config.yaml')
        self.head = nn.Linear(8, config['classes'])


class Known(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(8, 10)
`;

function unknownsOf(name: string): string[] {
  const files = memoryFiles(
    new Map([
      ['/project/net.py', code],
      ['/site/hydra/__init__.py', ''],
    ]),
  );
  const evaluated = evaluateTarget(
    createProject({ files, roots: ['/project'], pythonPath: [], sitePackages: ['/site'] }),
    `net.py::${name}()`,
  );
  if ('error' in evaluated) throw new Error(evaluated.error);
  return evaluated.model.unknowns.map(({ message, site }) => {
    const line = site && code.slice(0, site.start).split('\n').length;
    return `${message} (${line})`;
  });
}

test('a size that a file tells', () => {
  assert.deepEqual(unknownsOf('FromJson'), [
    '`head.in_features` is not known: it comes from `json.load` at line 6 (6)',
  ]);
});

test('a size that a library tells which is not followed', () => {
  assert.deepEqual(unknownsOf('FromHydra'), ['`head.out_features` is not known: `hydra.compose` is not followed (19)']);
});

test('nothing where everything is known', () => assert.deepEqual(unknownsOf('Known'), []));
