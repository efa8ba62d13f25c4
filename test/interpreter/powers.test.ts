/** Numbers remember the size that they are a power of, on whatever way they were computed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format } from '../../core/size.js';
import { analyze, createProject } from '../../server/analyze.js';
import { memoryFiles } from '../markdown/memory-files.js';

function powerOf(expression: string, parameters = 'n, m'): string | undefined {
  const code = [
    'import math',
    'import numpy as np',
    'from torch import nn',
    'class Net(nn.Module):',
    `    def __init__(self, ${parameters}):`,
    '        super().__init__()',
    '        self.fc = nn.Linear(n, m)',
    `        nn.init.normal_(self.fc.weight, std=${expression})`,
  ].join('\n');
  const files = memoryFiles(new Map([['/project/net.py', code]]));
  const project = createProject({ files, roots: ['/project'], pythonPath: [] });
  const power = analyze(project, '/project/net.py').program.calls[0]?.args.find(it => it.name === 'std')?.power;
  return power && `${power.coefficient?.toFixed(3) ?? '?'} · (${format(power.base)})^${power.exponent}`;
}

const same: readonly (readonly [string, string])[] = [
  ['1 / math.sqrt(n)', '1.000 · (n)^-0.5'],
  ['n ** -0.5', '1.000 · (n)^-0.5'],
  ['1.0 / np.sqrt(float(n))', '1.000 · (n)^-0.5'],
  ['math.sqrt(2.0 / n)', '1.414 · (n)^-0.5'],
  ['math.sqrt(3.0) * math.sqrt(2.0 / (n + m))', '2.449 · (m + n)^-0.5'],
  ['math.pow(n, -0.5)', '1.000 · (n)^-0.5'],
  ['2 / n', '2.000 · (n)^-1'],
  ['self.fc.weight.size(1) ** -0.5', '1.000 · (n)^-0.5'],
  ['m / n', '? · (n)^-1'],
];

for (const [expression, expected] of same) {
  test(expression, () => assert.equal(powerOf(expression), expected));
}

test('a known size is remembered as well', () => {
  assert.equal(powerOf('1 / math.sqrt(n)', 'n=16, m=4'), '1.000 · (16)^-0.5');
  assert.equal(powerOf('math.sqrt(2 / n)', 'n=16, m=4'), '1.414 · (16)^-0.5');
});

test('a literal is a power of no size', () => assert.equal(powerOf('0.02'), undefined));
