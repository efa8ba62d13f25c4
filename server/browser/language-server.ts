/** The language server, in a web worker. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import emulated from '../../dist/kernel/emulated.wasm';
import fused from '../../dist/kernel/fused.wasm';
import worker from '../../dist/kernel/web-worker.txt';
import { serve } from '../lsp/server.js';
import { createHost } from './host.js';

serve(
  createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)),
  createHost({ kernels: { fused, emulated }, worker }),
);
