/** Builds `dist`: the extension, the language server and the command line, for Node and for browsers. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { build, context } from 'esbuild';
import { buildKernels } from './test/tools/kernel.mjs';

const shared = {
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  target: 'es2023',
  logLevel: 'warning',
};

/** What the extension loads once it is active is a file of its own; in browsers extensions have but one. */
const lateConnection = {
  name: 'late-connection',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/connection\.js$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './connection.cjs', external: true } : undefined,
    );
  },
};

/** Editors take `.js` of a package of ES modules for one; `.cjs` they take for what it is. */
const extension = {
  ...shared,
  entryPoints: { extension: 'client/node/extension.ts', connection: 'client/node/connection.ts' },
  plugins: [lateConnection],
  // `require` finds the editor's own module wherever it stands
  supported: { 'dynamic-import': false },
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
};

/** One for the server and the command line, which share nearly everything. */
const program = {
  ...shared,
  entryPoints: { program: 'server/node/program.ts' },
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
};

const launchers = {
  ...shared,
  entryPoints: {
    server: 'server/node/language-server.ts',
    cli: 'server/node/command-line.ts',
    worker: 'server/node/worker.ts',
    checker: 'server/node/checker.ts',
  },
  outdir: 'dist',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: false,
};

const webExtension = {
  ...shared,
  entryPoints: { extension: 'client/browser/extension.ts' },
  outExtension: { '.js': '.cjs' },
  outdir: 'dist/web',
  platform: 'browser',
  format: 'cjs',
  external: ['vscode'],
};

const webServer = {
  ...shared,
  entryPoints: { server: 'server/browser/language-server.ts' },
  outdir: 'dist/web',
  platform: 'browser',
  format: 'iife',
  loader: { '.wasm': 'binary', '.txt': 'text' },
};

/** Bundled into the server as text. */
const webWorker = {
  ...shared,
  entryPoints: ['server/browser/worker.ts'],
  outfile: 'dist/kernel/web-worker.txt',
  platform: 'browser',
  format: 'iife',
  sourcemap: false,
};

/** The script of the panels, in the page of a webview. */
const panel = {
  ...shared,
  entryPoints: { panel: 'client/panel/view/main.ts' },
  outdir: 'dist',
  platform: 'browser',
  format: 'iife',
};

const bundles = [extension, program, launchers, webExtension, webServer, panel];

copyRulePages();
await buildKernels('dist/kernel');
await build(webWorker);
if (process.argv.includes('--watch')) await watch();
else {
  await Promise.all(bundles.map(it => build(it)));
  await keepBytecode();
}

/** Beside the programs, so that they are there without network. */
function copyRulePages() {
  rmSync('dist', { recursive: true, force: true });
  mkdirSync('dist/rules', { recursive: true });
  const pages = readdirSync('server/rules').filter(it => it.endsWith('.md'));
  for (const page of pages) cpSync(`server/rules/${page}`, `dist/rules/${page}`);
}

/** For the Node that builds: programs start in half the time. */
async function keepBytecode() {
  const step = 'dist/keep-bytecode.js';
  await build({ ...launchers, entryPoints: ['server/node/keep-bytecode.ts'] });
  execFileSync(process.execPath, [step], { stdio: ['ignore', 'ignore', 'inherit'] });
  rmSync(step);
}

async function watch() {
  for (const bundle of bundles) {
    const watching = await context({ ...bundle, minify: false, logLevel: 'info' });
    await watching.watch();
  }
}
