/** The language server, in a web worker. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { serve } from '../lsp/server.js';
import { createHost } from './host.js';

serve(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), createHost());
