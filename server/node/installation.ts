/** Where the program lies, bundled in `dist` or as source. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Installation } from './host.js';

const here = dirname(realpathSync(process.argv[1] ?? process.cwd()));

/** Source has its kernels and its workers from the last build. */
const built = existsSync(join(here, 'kernel')) ? here : join(here, '../../dist');

export const installation: Installation = {
  version: versionAbove(here),
  rulesFolder: [join(here, 'rules'), join(here, '../rules')].find(existsSync) ?? here,
  kernelFolder: join(built, 'kernel'),
  workerProgram: join(built, 'worker.js'),
  checkerProgram: join(built, 'checker.js'),
  dawnFolder: join(built, 'webgpu'),
};

function versionAbove(folder: string): string {
  const path = join(folder, 'package.json');
  if (existsSync(path)) return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
  return folder === dirname(folder) ? '0.0.0' : versionAbove(dirname(folder));
}
