/** The commands of the extension. */
import {
  commands,
  type Disposable,
  type Extension,
  type LogOutputChannel,
  languages,
  type QuickPickItem,
  Uri,
  window,
  workspace,
} from 'vscode';
import { findingsCommand, signalCommand, weightsCommand } from '../server/lsp/protocol.js';
import { openExample } from './example.js';
import { menuCommand, showMenu } from './menu.js';
import type { RulePages } from './pages.js';
import type { Panels } from './panel/panels.js';
import type { Server } from './server.js';

export const explainCommand = 'initlens.explainRule';

/** From a lens or a key binding: a document, a class, and the shape of the input. */
type Shown = readonly [uri?: unknown, className?: unknown, inputShape?: unknown];

interface Parts {
  readonly extension: Extension<unknown>;
  readonly log: LogOutputChannel;
  readonly pages: RulePages;
  readonly panels: Panels;
  readonly server: Server;
}

export function registerCommands({ extension, log, pages, panels, server }: Parts): readonly Disposable[] {
  return [
    commands.registerCommand('initlens.restart', () => server.restart()),
    commands.registerCommand('initlens.showLog', () => log.show()),
    commands.registerCommand(menuCommand, showMenu),
    commands.registerCommand('initlens.openSettings', () => openSettings(extension)),
    commands.registerCommand('initlens.openWalkthrough', () => openWalkthrough(extension)),
    commands.registerCommand('initlens.openExample', () => openExample(extension.extensionUri)),
    commands.registerCommand('initlens.fixAll', fixAll),
    commands.registerCommand(signalCommand, (...of: Shown) => void panels.show('signal', ...of)),
    commands.registerCommand(weightsCommand, (...of: Shown) => void panels.show('weights', ...of)),
    commands.registerCommand(findingsCommand, showFindings),
    commands.registerCommand('initlens.toggleInlayHints', toggleInlayHints),
    commands.registerCommand(explainCommand, (id?: unknown) => explain(pages, id)),
  ];
}

async function openSettings({ id }: Extension<unknown>): Promise<void> {
  await commands.executeCommand('workbench.action.openSettings', `@ext:${id}`);
}

async function openWalkthrough({ id }: Extension<unknown>): Promise<void> {
  await commands.executeCommand('workbench.action.openWalkthrough', `${id}#start`);
}

/** Goes to the first finding of the document, and opens the list of all. */
async function showFindings(uri?: unknown): Promise<void> {
  const document = typeof uri === 'string' ? Uri.parse(uri) : window.activeTextEditor?.document.uri;
  const first = document && languages.getDiagnostics(document).find(it => it.source === 'initlens');
  if (first !== undefined) await window.showTextDocument(document!, { selection: first.range });
  await commands.executeCommand('workbench.actions.view.problems');
}

async function toggleInlayHints(): Promise<void> {
  const settings = workspace.getConfiguration('initlens');
  await settings.update('inlayHints.enable', settings.get('inlayHints.enable') !== true, true);
}

async function fixAll(): Promise<void> {
  await commands.executeCommand('editor.action.sourceAction', { kind: 'source.fixAll.initlens', apply: 'first' });
}

/** Without an id, from a keyboard or the palette, a list is shown. */
async function explain(pages: RulePages, id: unknown): Promise<void> {
  const chosen = typeof id === 'string' ? id : (await window.showQuickPick(choices(pages), picking))?.label;
  if (chosen !== undefined) await pages.show(chosen);
}

/** It stays until it is answered or left: the palette that leads here takes the focus with it as it closes. */
const picking = { title: 'Explain a rule of InitLens', matchOnDetail: true, ignoreFocusOut: true };

/** Rules that were broken around the cursor come first. */
async function choices(pages: RulePages): Promise<QuickPickItem[]> {
  const near = rulesAtCursor();
  const items = (await pages.list()).map(({ id, summary }) => ({ label: id, detail: summary }));
  return items.sort((a, b) => Number(near.has(b.label)) - Number(near.has(a.label)));
}

function rulesAtCursor(): ReadonlySet<string> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return new Set();
  const line = editor.selection.active.line;
  const diagnostics = languages.getDiagnostics(editor.document.uri);
  const near = diagnostics.filter(it => it.source === 'initlens' && it.range.start.line === line);
  return new Set(near.map(({ code }) => String(typeof code === 'object' ? code.value : code)));
}
