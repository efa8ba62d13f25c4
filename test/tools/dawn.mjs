/** Brings Dawn, WebGPU outside of browsers, for one platform of VS Code. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = 'webgpu@0.6.2';

/** The package's folder of each platform. */
const folders = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-universal',
  'darwin-arm64': 'darwin-universal',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
};

export const targets = Object.keys(folders);

/** Lays out its native part and its licence. */
export function bringDawn(target, folder) {
  withDawn(found => layOut(found, target, folder));
}

/** The installed package, for as long as it is used: of the folder that `DAWN` names, else fetched. */
export function withDawn(use) {
  if (process.env.DAWN !== undefined) return use(process.env.DAWN);
  const own = mkdtempSync(join(tmpdir(), 'initlens-dawn-'));
  try {
    writeFileSync(join(own, 'package.json'), '{}');
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    execFileSync(npm, ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', PACKAGE], {
      cwd: own,
      stdio: 'ignore',
    });
    return use(join(own, 'node_modules/webgpu'));
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

export function layOut(found, target, folder) {
  mkdirSync(folder, { recursive: true });
  cpSync(join(found, 'LICENSE.md'), join(folder, 'LICENSE.md'));
  const native = join('dist', folders[target]);
  cpSync(join(found, native), join(folder, native), { recursive: true });
}
