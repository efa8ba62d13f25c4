/** `check` of torchvision's models in a new process, beside pyright; and of a repository of any size. */
import { createRequire } from 'node:module';
import { show } from './common/figures.js';
import { coldTimes, initlens, torchvision } from './common/processes.js';

const pyright = [process.execPath, createRequire(import.meta.url).resolve('pyright/index.js')];

const [own, other] = coldTimes([
  [...initlens, 'check', torchvision],
  [...pyright, torchvision],
]);
const peer = { name: 'pyright', value: other! / 1000, times: 5 };
show({ name: "check of torchvision's models", value: own! / 1000, unit: 's', atMost: 3, peer });

const repository = process.env.INITLENS_REPOSITORY;
if (repository === undefined) console.log('check of a repository: INITLENS_REPOSITORY names none');
else {
  const [whole] = coldTimes([[...initlens, 'check', repository]], 1);
  show({ name: `check of ${repository}`, value: whole! / 1000, unit: 's', atMost: 20 });
}
