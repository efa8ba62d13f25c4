/** The language server, in Node. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from '../lsp/server.js';
import { createHost } from './host.js';
import { installation } from './installation.js';

serve(createConnection(ProposedFeatures.all), createHost(installation));
