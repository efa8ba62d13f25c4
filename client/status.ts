/** The item in the status bar that says what the server is at while a Python file is shown. */
import { type Disposable, LanguageStatusSeverity, type languages } from 'vscode';
import type { StatusParams } from '../server/lsp/protocol.js';
import type { Server, ServerState } from './server.js';

interface Appearance {
  readonly text: string;
  readonly detail: string;
  readonly busy?: boolean;
  readonly severity?: LanguageStatusSeverity;
}

export class StatusItem implements Disposable {
  readonly #item;
  readonly #following: Disposable;

  constructor({ createLanguageStatusItem }: Pick<typeof languages, 'createLanguageStatusItem'>, server: Server) {
    this.#item = createLanguageStatusItem('initlens', { language: 'python' });
    this.#item.name = 'InitLens';
    this.#following = server.onDidChange(state => this.#show(state));
    this.#show(server.state);
  }

  get text(): string {
    return this.#item.text;
  }

  dispose(): void {
    this.#following.dispose();
    this.#item.dispose();
  }

  #show(state: ServerState): void {
    const { text, detail, busy, severity } = appearanceOf(state);
    this.#item.text = text;
    this.#item.detail = detail;
    this.#item.busy = busy === true;
    this.#item.severity = severity ?? LanguageStatusSeverity.Information;
    this.#item.command =
      state.state === 'crashed'
        ? { title: 'Restart', command: 'initlens.restart' }
        : { title: 'Show Log', command: 'initlens.showLog' };
  }
}

function appearanceOf(state: ServerState): Appearance {
  switch (state.state) {
    case 'starting':
      return { text: 'InitLens', detail: 'starting', busy: true };
    case 'loading':
      return { text: 'InitLens', detail: 'reading its settings', busy: true };
    case 'busy':
      return { text: `InitLens: ${counted(state.findings)}`, detail: 'reading the workspace', busy: true };
    case 'ready':
      return { text: `InitLens: ${counted(state.findings)}`, detail: weighed(state) };
    case 'stopped':
      return { text: 'InitLens', detail: 'stopped' };
    case 'crashed':
      return { text: 'InitLens', detail: 'the server has crashed', severity: LanguageStatusSeverity.Error };
  }
}

function counted(findings: number): string {
  if (findings === 0) return 'no findings';
  return findings === 1 ? '1 finding' : `${findings} findings`;
}

function weighed({ errors, warnings }: StatusParams): string {
  return errors + warnings === 0 ? '' : `${errors} errors, ${warnings} warnings`;
}
