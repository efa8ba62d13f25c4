/** The diagnostics of documents, pushed to the client or pulled by it. */
import {
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type PublishDiagnosticsParams,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Finding } from '../analyze.js';
import { type Conversion, diagnosticOf } from './convert.js';
import { isCopy, type Workspace } from './workspace.js';

export interface Told {
  /** Grows whenever what is told of a document changes. */
  readonly id: number;
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** A notebook's go out cell by cell. */
export type Split = (params: PublishDiagnosticsParams) => readonly PublishDiagnosticsParams[];

export class Diagnostics {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  readonly #conversion: Conversion;
  readonly #told = new Map<string, Told>();
  readonly #split: Split;
  #nextId = 1;

  constructor(connection: Connection, workspace: Workspace, conversion: Conversion, split: Split) {
    this.#connection = connection;
    this.#workspace = workspace;
    this.#conversion = conversion;
    this.#split = split;
  }

  /** What was last told of each file. */
  get told(): Iterable<Told> {
    return this.#told.values();
  }

  /** Says nothing where the client knows it already; after an edit it wants to hear it again for its version. */
  push(path: string, isEdited: boolean): void {
    if (isCopy(path)) return;
    const before = this.#told.get(path);
    const { diagnostics, id } = this.#compute(path);
    const version = this.#workspace.document(path)?.version;
    if (!isEdited && before?.id === id) return;
    if (version === undefined && before === undefined && diagnostics.length === 0) return;
    this.#send({
      uri: this.#workspace.uriOf(path),
      diagnostics,
      ...(version !== undefined && { version }),
    });
  }

  /** The document is closed or gone. */
  clear(path: string): void {
    const isTold = this.#told.delete(path);
    if (isTold) this.#send({ uri: this.#workspace.uriOf(path), diagnostics: [] });
  }

  forget(path: string): void {
    this.#told.delete(path);
  }

  report(path: string, previousId: string | undefined): DocumentDiagnosticReport {
    const { diagnostics, id } = this.#compute(path);
    const resultId = String(id);
    if (resultId === previousId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: diagnostics };
  }

  workspaceReport(path: string, previousId: string | undefined): WorkspaceDocumentDiagnosticReport {
    const version = this.#workspace.document(path)?.version ?? null;
    return { ...this.report(path, previousId), uri: this.#workspace.uriOf(path), version };
  }

  #send(params: PublishDiagnosticsParams): void {
    for (const part of this.#split(params)) void this.#connection.sendDiagnostics(part);
  }

  #compute(path: string): { readonly diagnostics: Diagnostic[]; readonly id: number } {
    const findings = this.#workspace.folderOf(path).findings(path);
    const source = this.#workspace.sourceOf(path);
    const diagnostics = source === undefined ? [] : findings.map(it => diagnosticOf(it, source, this.#conversion));
    const text = JSON.stringify(diagnostics);
    const before = this.#told.get(path);
    if (before?.text === text) return { diagnostics, id: before.id };
    const id = this.#nextId++;
    this.#told.set(path, { id, text, findings });
    return { diagnostics, id };
  }
}
