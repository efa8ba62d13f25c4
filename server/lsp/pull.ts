/** Answers the client that asks for diagnostics. */
import {
  type CancellationToken,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Shared } from './session.js';
import { pathOf } from './uri.js';

export function answerPulls(shared: Shared): void {
  const { connection, guard, diagnostics, status, configurationDiagnostics } = shared;
  connection.languages.diagnostics.on(
    guard.answering('textDocument/diagnostic', ({ textDocument, previousResultId }) => {
      const report = diagnostics.report(pathOf(textDocument.uri), previousResultId);
      configurationDiagnostics.push();
      status.tell();
      return report;
    }),
  );
  connection.languages.diagnostics.onWorkspace(
    guard.answering('workspace/diagnostic', (params, token) => workspaceReport(params, token, shared)),
  );
}

/** What was told before and is not among the files any more is told to be empty. */
async function workspaceReport(
  { previousResultIds }: WorkspaceDiagnosticParams,
  token: CancellationToken,
  { scan, host, diagnostics, workspace }: Shared,
): Promise<WorkspaceDiagnosticReport> {
  const previous = new Map(previousResultIds.map(it => [pathOf(it.uri), it]));
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  for (const path of scan.files()) {
    await host.turn();
    if (token.isCancellationRequested) break;
    items.push(diagnostics.workspaceReport(path, previous.get(path)?.value));
    previous.delete(path);
  }
  for (const [path, { uri }] of previous) {
    if (workspace.document(path)) continue;
    items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] });
  }
  return { items };
}
