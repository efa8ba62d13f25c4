/** What is wrong in `pyproject.toml` and `initlens.toml`, told where it is written. */
import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { ConfigurationFile } from '../features/configuration/read.js';
import { Source } from '../text/source.js';
import { rangeOf } from './convert.js';
import type { Workspace } from './workspace.js';

export class ConfigurationDiagnostics {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  #told: ReadonlySet<string> = new Set();

  constructor(connection: Connection, workspace: Workspace) {
    this.#connection = connection;
    this.#workspace = workspace;
  }

  push(): void {
    const files = new Map(this.#workspace.allFolders.flatMap(it => [...it.configurationFiles]));
    const faulty = [...files].filter(([, file]) => file.problems.length > 0);
    const cured = [...this.#told].filter(path => !faulty.some(([it]) => it === path));
    for (const path of cured) this.#send(path, []);
    for (const [path, file] of faulty) this.#send(path, diagnosticsOf(path, file));
    this.#told = new Set(faulty.map(([path]) => path));
  }

  #send(path: string, diagnostics: Diagnostic[]): void {
    void this.#connection.sendDiagnostics({ uri: this.#workspace.uriOf(path), diagnostics });
  }
}

function diagnosticsOf(path: string, { text, problems }: ConfigurationFile): Diagnostic[] {
  const source = new Source(path, text);
  return problems.map(({ span, message, isBroken }) => ({
    range: rangeOf(span, source),
    severity: isBroken ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: 'initlens',
    message,
  }));
}
