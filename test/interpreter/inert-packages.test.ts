/** Packages that neither make networks nor draw weights are imported without being read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProject, evaluateTarget } from '../../server/analyze.js';
import { memoryFiles } from '../markdown/memory-files.js';

const NET = `
from torch import nn
from torch.onnx.symbolic_helper import parse_args
from torch.onnx import symbolic_opset11 as opset
from pandas.io.formats import style
from torch.onnxscript import width

@parse_args('v')
def exported(g, x):
    return opset.cast(g, style.of(x))

def net():
    return nn.Linear(width, 2)
`;

test('of what torch brings besides, and of packages for other purposes, no file is read', () => {
  const texts = new Map([
    ['/project/net.py', NET],
    ['/site/torch/__init__.py', ''],
    ['/site/torch/onnx/__init__.py', ''],
    ['/site/torch/onnx/symbolic_helper.py', 'parse_args = 1 / 0'],
    ['/site/torch/onnx/symbolic_opset11.py', ''],
    ['/site/torch/onnxscript.py', 'width = 8'],
    ['/site/pandas/__init__.py', ''],
    ['/site/pandas/io/__init__.py', ''],
    ['/site/pandas/io/formats/__init__.py', ''],
    ['/site/pandas/io/formats/style.py', ''],
  ]);
  const read: string[] = [];
  const files = memoryFiles(texts);
  const project = createProject({
    files: {
      ...files,
      readFile(path) {
        read.push(path);
        return files.readFile(path);
      },
    },
    roots: ['/project'],
    pythonPath: [],
    sitePackages: ['/site'],
  });
  const found = evaluateTarget(project, 'net.py::net()');
  assert.ok(!('error' in found));
  assert.deepEqual(found.model.parameters[0]!.shape, [2, 8]);
  assert.deepEqual(
    read.filter(it => it.startsWith('/site')),
    ['/site/torch/onnxscript.py'],
  );
});
