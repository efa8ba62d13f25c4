/** The backend on a graphics processor, in a browser without a window: SwiftShader where there is no card. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import type { Found } from './webgpu/suite.js';

const browser = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(it => it && existsSync(it));
const flags = ['--headless=new', '--no-sandbox', '--disable-gpu-sandbox', '--no-first-run', '--disable-sync'];
const swiftShader = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-unsafe-swiftshader'];

test('WGSL gives what the processor gives', {
  skip: browser === undefined && 'no Chromium',
  timeout: 240_000,
}, async t => {
  const found = await inBrowser();
  t.diagnostic(`${found.name}: 2^22 normals drawn and measured in ${found.milliseconds.toFixed(0)} ms`);
  assert.deepEqual(found.words, [0, 8192]);
  assert.ok(found.ulps <= 2, `${found.ulps} ulp`);
  for (const { label, errors, hasSameHistogram, moved } of found.summaries) {
    for (const [key, error] of Object.entries(errors)) assert.ok(error <= 1e-6, `${label}: ${key} is off by ${error}`);
    assert.ok(hasSameHistogram, label);
    assert.ok(moved, `${label}: the generator stands elsewhere`);
  }
  assert.equal(found.whole.count, 2 ** 22);
  assert.equal(found.whole.counted, 2 ** 22);
  assert.ok(Math.abs(found.whole.mean) < 2e-3 && Math.abs(found.whole.std - 1) < 2e-3);
  assert.match(found.refusal, /uniform and normal/);
});

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
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
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
