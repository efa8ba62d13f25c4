/** The commands of the extension. */
import { commands, type Disposable, type LogOutputChannel, languages, type QuickPickItem, window } from 'vscode';
import type { RulePages } from './pages.js';
import type { Server } from './server.js';

export const explainCommand = 'initlens.explainRule';

interface Parts {
  readonly log: LogOutputChannel;
  readonly pages: RulePages;
  readonly server: Server;
}

export function registerCommands({ log, pages, server }: Parts): readonly Disposable[] {
  return [
    commands.registerCommand('initlens.restart', () => server.restart()),
    commands.registerCommand('initlens.showLog', () => log.show()),
    commands.registerCommand('initlens.fixAll', fixAll),
    commands.registerCommand(explainCommand, (id?: unknown) => explain(pages, id)),
  ];
}

async function fixAll(): Promise<void> {
  await commands.executeCommand('editor.action.sourceAction', { kind: 'source.fixAll.initlens', apply: 'first' });
}

/** Without an id, from a keyboard or the palette, a list is shown. */
async function explain(pages: RulePages, id: unknown): Promise<void> {
  const chosen = typeof id === 'string' ? id : (await window.showQuickPick(choices(pages), picking))?.label;
  if (chosen !== undefined) await pages.show(chosen);
}

const picking = { title: 'Explain a rule of InitLens', matchOnDetail: true };

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
