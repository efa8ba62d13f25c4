/** What the server can do, after what the client can. */
import {
  CodeActionKind,
  type InitializeParams,
  PositionEncodingKind,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { assistKind, fixAllKind, notebookFixAllKind } from './actions.js';
import type { InitializationOptions } from './protocol.js';
import { pathOf } from './uri.js';

/** What of the client's abilities matters here. */
export interface Client {
  readonly roots: readonly string[];
  readonly options: InitializationOptions;
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
  readonly answersConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchedFiles: boolean;
  readonly changesFolders: boolean;
  readonly hasVersionedEdits: boolean;
}

export function clientOf(params: InitializeParams): Client {
  const { workspace, textDocument } = params.capabilities ?? {};
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  return {
    roots: rootsOf(params),
    options,
    pullsDiagnostics: options.diagnostics !== 'push' && textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    hasVersionedEdits: workspace?.workspaceEdit?.documentChanges === true,
  };
}

export function capabilitiesFor(client: Client): ServerCapabilities {
  return {
    positionEncoding: PositionEncodingKind.UTF16,
    notebookDocumentSync: {
      notebookSelector: [{ notebook: { notebookType: 'jupyter-notebook' }, cells: [{ language: 'python' }] }],
    },
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    completionProvider: { triggerCharacters: ['.', '(', ',', '=', "'", '"'] },
    signatureHelpProvider: { triggerCharacters: ['(', ','] },
    codeLensProvider: {},
    inlayHintProvider: true,
    implementationProvider: true,
    referencesProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, assistKind, fixAllKind, notebookFixAllKind] },
    ...(client.pullsDiagnostics && {
      diagnosticProvider: { identifier: 'initlens', interFileDependencies: true, workspaceDiagnostics: true },
    }),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

function rootsOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(it => pathOf(it.uri).replace(/(.)\/$/, '$1'));
  if (rootUri) return [pathOf(rootUri).replace(/(.)\/$/, '$1')];
  return rootPath ? [rootPath] : [];
}
