/** The init core as a bundle of its own: how large it is, and what came along. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Bundle {
  /** Minified, not packed. */
  readonly bytes: number;
  readonly modules: readonly string[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Of the entries of the core that are named, together. */
export async function bundleOf(...entries: readonly string[]): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: entries.map(it => `export * from './core/${it}';`).join('\n'), resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  return { bytes: outputFiles[0]!.contents.length, modules: Object.keys(output!.inputs) };
}
