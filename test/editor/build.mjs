/** Bundles the suite for the extension hosts: Node and web worker. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { editorFolder } from './install.mjs';

export const suiteFolder = join(editorFolder, 'out');

const shared = {
  bundle: true,
  format: 'cjs',
  target: 'es2023',
  logLevel: 'warning',
  outdir: suiteFolder,
};

export async function buildSuite() {
  await build({
    ...shared,
    platform: 'node',
    entryPoints: { suite: join(editorFolder, 'suite/index.ts') },
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha'],
  });
  await build({
    ...shared,
    platform: 'browser',
    entryPoints: { 'web-suite': join(editorFolder, 'suite/index.web.ts') },
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
  });
}
