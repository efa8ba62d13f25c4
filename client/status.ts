/** The item in the status bar: what the server is at, what it has found and assumes, and a click that leads on. */
import {
  type Disposable,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
  workspace,
} from 'vscode';
import type { StatusParams } from '../server/lsp/protocol.js';
import { menuCommand } from './menu.js';
import type { Server, ServerState } from './server.js';

interface Appearance {
  readonly icon: string;
  /** Behind the name. */
  readonly text: string;
  /** In a sentence, for the tooltip and for who cannot see the icon. */
  readonly detail: string;
}

export class StatusItem implements Disposable {
  readonly #item: StatusBarItem;
  readonly #subscriptions: readonly Disposable[];
  #state: ServerState;

  constructor(server: Server) {
    this.#item = window.createStatusBarItem('initlens', StatusBarAlignment.Right, 100);
    this.#item.name = 'InitLens';
    this.#item.command = menuCommand;
    this.#state = server.state;
    this.#subscriptions = [
      server.onDidChange(state => this.#show(state)),
      window.onDidChangeVisibleTextEditors(() => this.#place()),
      workspace.onDidOpenTextDocument(() => this.#place()),
    ];
    this.#show(server.state);
  }

  get text(): string {
    return this.#item.text;
  }

  dispose(): void {
    for (const it of this.#subscriptions) it.dispose();
    this.#item.dispose();
  }

  #show(state: ServerState): void {
    this.#state = state;
    const { icon, text, detail } = appearanceOf(state);
    this.#item.text = `$(${icon}) InitLens${text === '' ? '' : `: ${text}`}`;
    this.#item.tooltip = tooltipOf(detail, state);
    this.#item.accessibilityInformation = { label: `InitLens: ${detail}`, role: 'button' };
    this.#item.backgroundColor =
      state.state === 'crashed' ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    this.#place();
  }

  /** While Python is shown anywhere, also beside a panel that has the focus; and when something is wrong. */
  #place(): void {
    const isPythonShown = window.visibleTextEditors.some(it => it.document.languageId === 'python');
    if (isPythonShown || this.#state.state === 'crashed') this.#item.show();
    else this.#item.hide();
  }
}

function appearanceOf(state: ServerState): Appearance {
  switch (state.state) {
    case 'starting':
      return { icon: 'sync~spin', text: '', detail: 'the server is starting' };
    case 'loading':
      return { icon: 'sync~spin', text: '', detail: 'reading the settings' };
    case 'busy':
      return { icon: 'sync~spin', text: waiting(state), detail: waiting(state) };
    case 'ready':
      return { icon: iconOf(state), text: counted(state.findings, 'finding'), detail: weighed(state) };
    case 'off':
      return { icon: 'circle-slash', text: 'off', detail: 'switched off by the setting `initlens.enable`' };
    case 'stopped':
      return { icon: 'circle-slash', text: 'stopped', detail: 'the server is stopped' };
    case 'crashed':
      return { icon: 'error', text: 'stopped', detail: 'the server has ended; the log says why' };
  }
}

function waiting({ waiting }: StatusParams): string {
  return waiting === 0 ? 'looking for files' : `analysing ${counted(waiting, 'file')}`;
}

function iconOf({ errors, warnings }: StatusParams): string {
  if (errors > 0) return 'error';
  return warnings > 0 ? 'warning' : 'check';
}

function weighed({ findings, errors, warnings, hints }: StatusParams): string {
  const listed = counted(findings, 'finding');
  const weights = errors + warnings === 0 ? '' : `: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  return `${listed}${weights}${hints === 0 ? '' : `; ${counted(hints, 'hint')} in the text`}`;
}

function counted(count: number, what: string): string {
  if (count === 0) return `no ${what}s`;
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

function tooltipOf(detail: string, state: ServerState): MarkdownString {
  const assumed = 'assumed' in state ? state.assumed.map(it => `- ${it}`) : [];
  const lines = [`**InitLens**: ${detail}`, assumed.join('\n'), 'Click for the log, the settings and a restart.'];
  return new MarkdownString(lines.filter(it => it !== '').join('\n\n'));
}
