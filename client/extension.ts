/** The extension, the same on the desktop and in a browser: `activate` wires it up and lets the server start by itself. */
import { type ExtensionContext, window } from 'vscode';
import { loadedFrom } from './clock.js';
import { registerCommands } from './commands.js';
import { RulePages } from './pages.js';
import { Panels } from './panel/panels.js';
import { type Connect, Server } from './server.js';
import { StatusItem } from './status.js';

/** What the extension gives to other extensions and to its tests. */
export interface Api {
  readonly pages: RulePages;
  readonly server: Server;
  readonly panels: Panels;
  readonly status: StatusItem;
  /** Milliseconds that the extension's own code took to load and to activate. */
  readonly activation: number;
}

const loading = performance.now() - loadedFrom;

/** Waits for nothing, and leaves the server to a later turn: what follows must not hold up the editor. */
export function activate({ extension, subscriptions }: ExtensionContext, connect: Connect): Api {
  const start = performance.now();
  const log = window.createOutputChannel('InitLens', { log: true });
  const pages = new RulePages(extension.extensionUri);
  const server = new Server(connect, log);
  const panels = new Panels(extension.extensionUri, server);
  const status = new StatusItem(server);
  subscriptions.push(log, pages, server, status, panels);
  subscriptions.push(...registerCommands({ extension, log, pages, panels, server }));
  setTimeout(() => void server.start());
  const activation = loading + performance.now() - start;
  log.info(`InitLens ${extension.packageJSON.version}, active after ${activation.toFixed(1)} ms of its own`);
  return { pages, server, panels, status, activation };
}
