/** The extension, the same on the desktop and in a browser: `activate` wires it up and lets the server start by itself. */
import { type ExtensionContext, languages, window } from 'vscode';
import { registerCommands } from './commands.js';
import { RulePages } from './pages.js';
import { Panels } from './panel/panels.js';
import { type CreateClient, Server } from './server.js';
import { StatusItem } from './status.js';

/** What the extension gives to other extensions and to its tests. */
export interface Api {
  readonly pages: RulePages;
  readonly server: Server;
  readonly panels: Panels;
}

/** Waits for nothing: what follows must not hold up the editor. */
export function activate(context: ExtensionContext, createClient: CreateClient): Api {
  const log = window.createOutputChannel('InitLens', { log: true });
  const pages = new RulePages(context.extensionUri);
  const server = new Server(createClient, log, context.extension.packageJSON.version);
  const panels = new Panels(context, server);
  const status = new StatusItem(languages, server);
  context.subscriptions.push(log, pages, server, status, panels);
  context.subscriptions.push(...registerCommands({ log, pages, panels, server }));
  server.start();
  return { pages, server, panels };
}
