/** The `.vsix`, whose server is packed more tightly than the archive could: Node unpacks it in a few milliseconds. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { createVSIX } from '@vscode/vsce';

/** From what has been built in the folder `cwd`, here unless another is named. */
export async function pack(packagePath, { cwd = '.', ...options } = {}) {
  const program = join(cwd, 'dist/program.cjs');
  writeFileSync(`${program}.br`, brotliCompressSync(readFileSync(program)));
  const shared = { dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false };
  await createVSIX({ cwd: resolve(cwd), packagePath, ...shared, ...options });
}
