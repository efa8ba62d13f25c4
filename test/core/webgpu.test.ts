/** The backend on a graphics processor, in a browser without a window and in Node: SwiftShader where there is no card. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { withDawn } from '../tools/dawn.mjs';
import { removeFolder } from '../tools/remove.mjs';
import type { Found } from './webgpu/suite.js';

const browser = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(it => it && existsSync(it));
const flags = ['--headless=new', '--no-sandbox', '--disable-gpu-sandbox', '--no-first-run', '--disable-sync'];
const swiftShader = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-unsafe-swiftshader'];

test(
  'WGSL gives what the processor gives',
  {
    skip: browser === undefined && 'no Chromium',
    timeout: 240_000,
  },
  async t => hold(await inBrowser(), t),
);

test('WGSL gives the same on Dawn, in Node', { timeout: 300_000 }, t => {
  let dawn: Output | undefined;
  try {
    dawn = withDawn(onDawn);
  } catch {
    return t.skip('the package webgpu cannot be fetched');
  }
  if (/finds no graphics card|Vulkan/.test(dawn.stderr) && dawn.status !== 0) return t.skip('no Vulkan driver');
  assert.equal(dawn.status, 0, dawn.stderr);
  hold(JSON.parse(dawn.stdout), t);
});

function hold(found: Found, t: TestContext): void {
  t.diagnostic(`${found.name}: 2^22 normals drawn and measured in ${found.milliseconds.toFixed(0)} ms`);
  assert.deepEqual(found.words, [0, 8192]);
  assert.ok(found.ulps <= 2, `${found.ulps} ulp`);
  assert.ok(found.ulpsOfTruncated <= 8, `${found.ulpsOfTruncated} ulp of truncated normals`);
  for (const { label, errors, hasSameHistogram, moved } of found.summaries) {
    for (const [key, error] of Object.entries(errors)) assert.ok(error <= 1e-6, `${label}: ${key} is off by ${error}`);
    assert.ok(hasSameHistogram, label);
    assert.ok(moved, `${label}: the generator stands elsewhere`);
  }
  assert.ok(found.isShared, 'two requests at once disturb each other');
  assert.equal(found.whole.count, 2 ** 22);
  assert.equal(found.whole.counted, 2 ** 22);
  assert.ok(Math.abs(found.whole.mean) < 2e-3 && Math.abs(found.whole.std - 1) < 2e-3);
  assert.match(found.refusal, /uniform, normal and truncated normal/);
}

interface Output {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** SwiftShader's threads crash now and then; a driver that always does is no driver. */
const ATTEMPTS = 4;

function onDawn(folder: string): Output {
  const program = fileURLToPath(new URL('./webgpu/node.ts', import.meta.url));
  const args = ['--import', 'tsx', program, folder];
  for (let attempt = 1; ; attempt++) {
    const output = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...vulkan() } });
    if (output.signal === null || attempt === ATTEMPTS) return output;
  }
}

/** The machine's own driver where there is a card; else the one that Debian's Chromium brings. */
function vulkan(): Readonly<Record<string, string>> {
  const folder = '/usr/lib/chromium';
  const driver = join(folder, 'vk_swiftshader_icd.json');
  if (existsSync('/dev/nvidia0') || existsSync('/dev/dri') || !existsSync(driver)) return {};
  return { VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: folder };
}

async function inBrowser(): Promise<Found> {
  const script = await pageScript();
  const { promise, resolve, reject } = deferred<Found>();
  const server = createServer((request, response) => {
    if (request.url === '/page.js') return response.setHeader('content-type', 'text/javascript').end(script);
    if (request.url !== '/found') {
      return response.setHeader('content-type', 'text/html').end('<script type="module" src="/page.js"></script>');
    }
    let body = '';
    request.on('data', piece => {
      body += piece;
    });
    return request.on('end', () => {
      response.end();
      const found = JSON.parse(body);
      if ('failure' in found) reject(new Error(found.failure));
      else resolve(found);
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const profile = mkdtempSync(join(tmpdir(), 'initlens-webgpu-'));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const child = spawn(browser!, [...flags, ...swiftShader, `--user-data-dir=${profile}`, address], { stdio: 'ignore' });
  child.on('error', reject);
  child.on('exit', code => reject(new Error(`the browser ended with ${code}`)));
  try {
    return await promise;
  } finally {
    child.removeAllListeners();
    const ended = new Promise(done => child.once('exit', done));
    child.kill();
    await ended;
    server.closeAllConnections();
    server.close();
    // Processes of the browser write on for a while after it has ended.
    await removeFolder(profile);
  }
}

async function pageScript(): Promise<string> {
  const entry = new URL('./webgpu/page.ts', import.meta.url).pathname;
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false });
  return outputFiles[0]!.text;
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<T>((whenResolved, whenRejected) => {
    resolve = whenResolved;
    reject = whenRejected;
  });
  return { promise, resolve, reject };
}
