/** The project's own code as it ships: bundled, for figures that are taken inside of one process. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { temporaryFolder } from '../../temporary.js';

/** Imports what the statements export; their paths start at the project's folder. */
export async function bundled<Exports>(statements: string): Promise<Exports> {
  const folder = temporaryFolder();
  const outfile = join(folder.path, 'bundle.mjs');
  const resolveDir = fileURLToPath(new URL('../../..', import.meta.url));
  const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  await build({
    stdin: { contents: statements, resolveDir },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    minifySyntax: true,
    banner: { js: banner },
  });
  const exports = (await import(pathToFileURL(outfile).href)) as Exports;
  rmSync(folder.path, { recursive: true });
  return exports;
}
