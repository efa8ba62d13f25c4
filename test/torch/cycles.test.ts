/** Modules that contain themselves, and what is no module: evaluation ends as soon as torch would. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModuleInstance, member } from '../../server/frameworks/torch/nn/instance.js';
import { Unknown } from '../../server/interpreter/values.js';
import { evaluatePython } from './evaluate.js';

const cycle = `
import torch.nn as nn

class Around(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 2)
        self.within = self

net = Around()
`;

/** Those that meet what is shared once come to an end; the others do not. */
test('parameters of a module that contains itself', () => {
  const { machine, get } = evaluatePython(`${cycle}result = [name for name, _ in net.named_parameters()]`);
  assert.equal(machine.repr(get('result')), "['fc.weight', 'fc.bias']");
});

for (const call of ['net.state_dict()', 'list(net.named_modules(remove_duplicate=False))']) {
  test(`${call} raises`, () => {
    const { machine, get } = evaluatePython(
      `${cycle}try:\n    ${call}\n    result = 'ended'\nexcept RecursionError:\n    result = 'raised'\n`,
    );
    assert.equal(machine.repr(get('result')), "'raised'");
  });
}

test('what is no module has no members', () => {
  const { get } = evaluatePython(`${cycle}import json\nresult = json.load(open('x'))\n`);
  for (const value of [get('result'), null, 3]) assert.equal(member(value, 'weight'), undefined);
});

test('a path that is not known does not lead to the module itself', () => {
  const { machine, get } = evaluatePython(`${cycle}import sys
net = nn.Sequential(nn.Linear(2, 2))
found = [net.get_submodule(sys.argv[1]), net.get_parameter(sys.argv[1]), net.get_buffer(sys.argv[1])]
net.extra = found[1]
net.set_submodule(sys.argv[1], nn.ReLU())
result = list(net.children())[0]
`);
  for (const it of machine.listOf(get('found')) ?? []) assert.ok(it instanceof Unknown);
  assert.equal(get('result') instanceof ModuleInstance && get('result') !== get('net'), true);
});
