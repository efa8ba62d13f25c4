/** Installs what a fresh clone lacks: the project's packages, and what of Debian the tests use. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { need, run } from './run.mjs';

const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

export async function installPackages(folder = '.') {
  if (existsSync(`${folder}/node_modules`)) return;
  // not `ci`: a registry need not carry the optional packages of every platform that the lock file names
  await need('npm', ['install', '--no-save', ...quiet], { cwd: folder });
}

/** Real PyTorch to compare with, a browser to show the editor in, and what else speaks with InitLens. */
const debianPackages = [
  ...['python3-torch', 'python3-torchvision', 'chromium'],
  ...['neovim', 'emacs-nox', 'elpa-eglot', 'pre-commit'],
];

export async function installDebianPackages(wanted = debianPackages) {
  if (!isDebian()) return;
  const missing = wanted.filter(it => !isInstalled(it));
  if (missing.length === 0) return;
  const command = `apt-get install --no-install-recommends -y ${missing.join(' ')}`;
  if (process.getuid() !== 0) {
    console.log(`${missing.join(', ')} would be used: sudo ${command}`);
    return;
  }
  console.log(`installing ${missing.join(', ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  const { status } = await run('apt-get', ['install', '-qq', '--no-install-recommends', '-y', ...missing], { env });
  if (status !== 0) console.log('they could not be installed; what needs them is skipped');
}

function isDebian() {
  return existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg');
}

function isInstalled(name) {
  try {
    return execFileSync('dpkg', ['-s', name], { encoding: 'utf8', stdio: 'pipe' }).includes('ok installed');
  } catch {
    return false;
  }
}
