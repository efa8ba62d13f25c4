/** What the language client is told, the same on every host. */
import type { LogOutputChannel } from 'vscode';
import { type ErrorHandler, type LanguageClientOptions, RevealOutputChannelOn } from 'vscode-languageclient';
import type { InitializationOptions } from '../server/lsp/protocol.js';
import { explainCommand } from './commands.js';
import { rulePages } from './pages.js';

export function clientOptions(log: LogOutputChannel, errorHandler: ErrorHandler): LanguageClientOptions {
  // Pushed diagnostics reach the editor one message after the edit, pulled ones three.
  const initializationOptions: InitializationOptions = { rulePages, diagnostics: 'push', panels: true };
  return {
    documentSelector: [
      { language: 'python' },
      { scheme: 'file', pattern: '**/{initlens,pyproject}.toml' },
      { scheme: 'vscode-vfs', pattern: '**/{initlens,pyproject}.toml' },
    ],
    outputChannel: log,
    traceOutputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler,
    initializationOptions,
    markdown: { isTrusted: { enabledCommands: [explainCommand] } },
  };
}
