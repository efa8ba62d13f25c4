/** The `.vsix`, from what has been built. */
import { resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';

/** What has been built lies in the folder `cwd`, here unless another is named. */
export async function pack(packagePath, { cwd = '.', ...options } = {}) {
  const shared = { dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false };
  await createVSIX({ cwd: resolve(cwd), packagePath, ...shared, ...options });
}
