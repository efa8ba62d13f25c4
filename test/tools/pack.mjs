/** The `.vsix`, whose server is packed more tightly than the archive could: Node unpacks it in a few milliseconds. */
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { createVSIX } from '@vscode/vsce';

const program = 'dist/program.cjs';

/** From what has been built. */
export async function pack(packagePath, options = {}) {
  writeFileSync(`${program}.br`, brotliCompressSync(readFileSync(program)));
  const shared = { dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false };
  await createVSIX({ packagePath, ...shared, ...options });
}
