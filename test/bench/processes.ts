/** `model` and `weights` in a new process, beside real torch doing the same. */
import { show } from './common/figures.js';
import { coldTimes, initlens } from './common/processes.js';

/** With a second word: what `weights` tells, the hash of each parameter and of all, and the statistics. */
const script = `
import hashlib, importlib, sys, torch
module, name = sys.argv[1].split('::')
make = getattr(importlib.import_module(module), name)
torch.manual_seed(0)
whole = hashlib.sha256()
for key, parameter in make(weights=None).named_parameters():
    if len(sys.argv) > 2:
        contents = parameter.detach().contiguous().numpy().tobytes()
        whole.update(key.encode() + contents)
        own = hashlib.sha256(contents).hexdigest()
        exact = parameter.detach().double()
        spread = exact.mean().item(), exact.std(unbiased=False).item(), exact.min().item(), exact.max().item()
`;
const torch = (target: string, ...rest: string[]) => ['/usr/bin/python3', '-c', script, target, ...rest];

const resnet = 'torchvision.models.resnet::resnet18';
const [model, imported] = coldTimes([[...initlens, 'model', `${resnet}(weights=None)`], torch(resnet)]);
show({ name: 'model resnet18', value: model!, unit: 'ms', atMost: 200, peer: { name: 'torch', value: imported! } });

for (const target of ['vgg::vgg16', 'resnet::resnet50', 'vision_transformer::vit_b_16']) {
  const path = `torchvision.models.${target}`;
  const options = ['--seed', '0', '--torch-build', 'plain', '--format', 'json'];
  const [own, other] = coldTimes([
    [...initlens, 'weights', `${path}(weights=None)`, ...options],
    torch(path, 'weights'),
  ]);
  const peer = { name: 'torch', value: other!, times: 3 };
  show({ name: `weights ${target}`, value: own!, unit: 'ms', peer });
}
