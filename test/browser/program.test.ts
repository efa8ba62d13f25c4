/** The program where there is nothing of Node: it serves whoever posts messages to it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';

const program = readFileSync(fileURLToPath(new URL('../../dist/program.js', import.meta.url)), 'latin1');

interface Message {
  readonly id?: number;
  readonly result?: { readonly serverInfo: { readonly name: string; readonly version: string } };
}

/** A worker's globals, as far as a start asks for them, and what it posts. */
function startWorker() {
  const answers: Message[] = [];
  const self = Object.assign(new EventTarget(), {
    onmessage: undefined as ((event: { readonly data: unknown }) => void) | undefined,
    postMessage: (message: Message) => answers.push(message),
  });
  const own = { self, navigator: { hardwareConcurrency: 1 }, console, performance, MessageChannel };
  const shared = { TextDecoder, TextEncoder, setTimeout, clearTimeout, URL };
  runInContext(program, createContext({ ...own, ...shared }));
  return { post: (data: unknown) => self.onmessage?.({ data }), answers };
}

test('a worker answers as the server', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const { post, answers } = startWorker();
  post({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  const deadline = performance.now() + 10_000;
  while (!answers.some(it => it.id === 1) && performance.now() < deadline) await new Promise(it => setTimeout(it, 10));
  assert.equal(answers.find(it => it.id === 1)?.result?.serverInfo.version, version);
});
