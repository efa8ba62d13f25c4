/** Serves the installed VS Code on localhost, with settings, extensions and data of its own. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../tools/remove.mjs';
import { vscodeFolder, vscodeNode } from './install.mjs';

const serverMain = join(vscodeFolder, 'out/server-main.js');

/** What would otherwise move about, ask or call home. */
const calmSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'git.enabled': false,
  'files.autoSave': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'editor.stickyScroll.enabled': false,
  'breadcrumbs.enabled': false,
};

export function isVSCodeInstalled() {
  return existsSync(vscodeNode) && existsSync(serverMain);
}

/**
 * @param {{ settings?: object, extension?: string, port?: number, isAutomated?: boolean }} options
 *   `extension` is a .vsix to install; an automated one takes development paths from its address.
 */
export async function serveVSCode({ settings = {}, extension, port, isAutomated = false } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'initlens-vscode-'));
  mkdirSync(join(data, 'data/User'), { recursive: true });
  writeFileSync(join(data, 'data/User/settings.json'), JSON.stringify({ ...calmSettings, ...settings }));
  const folders = ['--server-data-dir', data, '--extensions-dir', join(data, 'extensions')];
  if (extension !== undefined) runServer([...folders, '--install-extension', extension]);
  const chosenPort = port ?? (await freePort());
  const server = spawn(vscodeNode, [serverMain, ...folders, ...serverOptions(chosenPort, isAutomated)], {
    stdio: ['ignore', 'ignore', 'ignore'],
    env: environment(),
  });
  await answering(chosenPort, server);
  return {
    port: chosenPort,
    address: folder => `http://127.0.0.1:${chosenPort}/?folder=${encodeURIComponent(folder)}`,
    addressOfWorkspace: file => `http://127.0.0.1:${chosenPort}/?workspace=${encodeURIComponent(file)}`,
    async close() {
      await ended(server);
      await removeFolder(data);
    },
  };
}

function serverOptions(port, isAutomated) {
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-workspace-trust'],
    ...(isAutomated ? ['--enable-smoke-test-driver'] : []),
  ];
}

function runServer(args) {
  execFileSync(vscodeNode, [serverMain, ...args], { env: environment(), stdio: ['ignore', 'ignore', 'pipe'] });
}

/** An editor that runs these tests in its own terminal must not leak into the one under test. */
function environment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE_|npm_|ELECTRON_)/.test(name)));
}

function freePort() {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answering(port, server) {
  const patience = 60_000;
  const start = Date.now();
  while (!(await answers(port))) {
    if (server.exitCode !== null) throw new Error(`VS Code's server ended with ${server.exitCode}`);
    if (Date.now() - start > patience) throw new Error("VS Code's server does not answer");
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function answers(port) {
  return new Promise(resolve => {
    const request = get({ host: '127.0.0.1', port, path: '/version' }, response => {
      response.resume();
      resolve(true);
    });
    request.on('error', () => resolve(false));
  });
}

function ended(server) {
  if (server.exitCode !== null) return;
  const exit = new Promise(resolve => server.once('exit', resolve));
  server.kill();
  return exit;
}
