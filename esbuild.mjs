/** Builds `dist`: the extension, the language server and the command line, for Node and for browsers. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { build, context } from 'esbuild';
import { buildKernels } from './test/tools/kernel.mjs';

const shared = {
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  target: 'es2023',
  logLevel: 'warning',
};

/**
 * What the language client brings for uses that are none here, 50 kB of it: globs select no notebooks and no files for
 * operations, and the editor itself compares its version with `engines`.
 */
const spared = {
  minimatch: 'exports.Minimatch = class { constructor() { throw new Error("globs are left out of the bundle"); } };',
  'semver/functions/parse': 'module.exports = () => ({});',
  'semver/functions/satisfies': 'module.exports = () => true;',
};

const sparing = {
  name: 'sparing',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(minimatch|semver\/)/ }, ({ path }) =>
      path in spared ? { path, namespace: 'spared' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'spared' }, ({ path }) => ({ contents: spared[path] }));
  },
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

/** What the protocol's library is wherever it runs. */
const common =
  /node_modules\/(vscode-(languageclient|languageserver-protocol|jsonrpc)\/lib\/common\/.*|vscode-languageserver-types\/.*)$/;

/**
 * The library is in the package once: the extension for browsers has all of it, and hands out what the extension for Node asks
 * for beside its own part.
 */
class SharedLibrary {
  #paths = new Map();

  /** For the extension for Node, which has to be built first. */
  get borrowing() {
    return this.#plugin('borrowing', ({ onLoad, onResolve }, resolve) => {
      onResolve({ filter: /./ }, async args => {
        const path = common.test(args.importer) ? undefined : await resolve(args);
        return path !== undefined && common.test(path) ? { path, namespace: 'borrowed' } : undefined;
      });
      onLoad({ filter: /./, namespace: 'borrowed' }, ({ path }) => ({ contents: this.#borrowed(path) }));
      onResolve({ filter: /./, namespace: 'borrowed' }, () => ({ path: './web/extension.cjs', external: true }));
    });
  }

  /** For the extension for browsers, which knows what was asked for. */
  get lending() {
    return this.#plugin('lending', ({ onLoad, onResolve }) => {
      onResolve({ filter: /^lent$/ }, () => ({ path: 'lent', namespace: 'lent' }));
      onLoad({ filter: /./, namespace: 'lent' }, () => ({ contents: this.#lent(), resolveDir: '.' }));
    });
  }

  #borrowed(path) {
    if (!this.#paths.has(path)) this.#paths.set(path, `module${this.#paths.size}`);
    return `module.exports = require('./web/extension.cjs').protocol.${this.#paths.get(path)};`;
  }

  /** Each is run when it is asked for. */
  #lent() {
    const modules = [...this.#paths].map(
      ([path, name]) => `get ${name}() { return require(${JSON.stringify(path)}); }`,
    );
    return `exports.protocol = { ${modules.join(', ')} };`;
  }

  #plugin(name, add) {
    const setup = build => {
      const resolve = async ({ path, importer, kind, resolveDir, pluginData }) => {
        if (pluginData === name) return undefined;
        return (await build.resolve(path, { importer, kind, resolveDir, pluginData: name })).path;
      };
      add(build, resolve);
    };
    return { name, setup };
  }
}

const library = new SharedLibrary();

/** Editors take `.js` of a package of ES modules for one; `.cjs` they take for what it is. */
const extension = {
  ...shared,
  entryPoints: { extension: 'client/node/extension.ts', connection: 'client/node/connection.ts' },
  plugins: [lateConnection, sparing, library.borrowing],
  // `require` finds the editor's own module wherever it stands
  supported: { 'dynamic-import': false },
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
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
  stdin: {
    contents: "export * from './client/browser/extension.ts'; export { protocol } from 'lent';",
    resolveDir: '.',
  },
  outfile: 'dist/web/extension.cjs',
  platform: 'browser',
  format: 'cjs',
  plugins: [sparing, library.lending],
  external: ['vscode'],
};

/** The kernels as hexadecimal digits: packed, they take two thirds of what Base64 would, which tears bytes apart. */
const kernelsInside = {
  name: 'kernels-inside',
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, ({ path }) => ({
      contents: `export default Uint8Array.from('${readFileSync(path, 'hex')}'.match(/../g), it => parseInt(it, 16));`,
    }));
  },
};

/**
 * One text for the server and the command line, in Node and in browsers: hosts differ in a twentieth of it. Node's launchers
 * run it with `lend`, which is handed their part; a worker of a browser starts the server.
 */
const program = {
  ...shared,
  stdin: {
    contents: `
      if (typeof lend === 'undefined') require('./server/browser/language-server.ts');
      else lend(require('./server/node/program.ts'));
    `,
    resolveDir: '.',
  },
  outfile: 'dist/program.js',
  platform: 'node',
  conditions: ['browser'],
  format: 'iife',
  plugins: [kernelsInside],
  loader: { '.txt': 'text' },
};

/** Bundled into the program as text. */
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

const bundles = [program, launchers, panel];
/** One after the other: the second brings what the first left out. */
const clients = [extension, webExtension];

copyRulePages();
await buildKernels('dist/kernel');
await build(webWorker);
if (process.argv.includes('--watch')) await watch();
else {
  await Promise.all([...bundles.map(it => build(it)), buildClients()]);
  await keepBytecode();
}

async function buildClients() {
  for (const client of clients) await build(client);
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
  await build(extension);
  for (const bundle of [...bundles, ...clients]) {
    const watching = await context({ ...bundle, minify: false, logLevel: 'info' });
    await watching.watch();
  }
}
