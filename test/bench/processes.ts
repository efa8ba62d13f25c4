/** `model` and `weights` in a new process, beside real torch doing the same. */
import { show } from './common/figures.js';
import { coldTimes, initlens } from './common/processes.js';

const script = `
import hashlib, importlib, sys, torch
module, name = sys.argv[1].split('::')
make = getattr(importlib.import_module(module), name)
torch.manual_seed(0)
for parameter in make(weights=None).parameters():
    if len(sys.argv) > 2: hashlib.sha256(parameter.detach().contiguous().numpy().tobytes()).hexdigest()
`;
const torch = (target: string, ...rest: string[]) => ['/usr/bin/python3', '-c', script, target, ...rest];

const resnet = 'torchvision.models.resnet::resnet18';
const [model, imported] = coldTimes([[...initlens, 'model', `${resnet}(weights=None)`], torch(resnet)]);
show({ name: 'model resnet18', value: model!, unit: 'ms', atMost: 200, peer: { name: 'torch', value: imported! } });

for (const target of ['vgg::vgg16', 'resnet::resnet50', 'vision_transformer::vit_b_16']) {
  const path = `torchvision.models.${target}`;
  const options = ['--seed', '0', '--torch-build', 'plain', '--format', 'json'];
  const [own, other] = coldTimes([[...initlens, 'weights', `${path}(weights=None)`, ...options], torch(path, 'hash')]);
  const peer = { name: 'torch', value: other!, times: 3 };
  show({ name: `weights ${target}`, value: own!, unit: 'ms', peer });
}
