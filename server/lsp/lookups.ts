/** Lenses over networks, hints behind calls, and the places where parameters are written. */
import type { CodeLens, InlayHint, Location, Position } from 'vscode-languageserver';
import type { Analysis } from '../analyze.js';
import { hintsIn } from '../features/hints.js';
import { type Lens, lensesOf } from '../features/lenses.js';
import { allWrites, winningWrites } from '../features/writes.js';
import type { Site } from '../text/span.js';
import { rangeOf, spanOf } from './convert.js';
import { findingsCommand, signalCommand, weightsCommand } from './protocol.js';
import type { Shared } from './session.js';
import { pathOf } from './uri.js';
import type { Workspace } from './workspace.js';

export function answerLookups({ connection, guard, workspace, client }: Shared): void {
  connection.onCodeLens(
    guard.answering('codeLens', ({ textDocument: { uri } }) =>
      lenses(uri, workspace, client().options.panels === true),
    ),
  );
  connection.languages.inlayHint.on(
    guard.answering('inlayHint', ({ textDocument: { uri }, range }) => {
      const found = analysisOf(uri, workspace);
      if (found === undefined || !workspace.folderOf(found.path).settings.hasHints) return [];
      return hintsIn(found, spanOf(range, found.source)).map((hint): InlayHint => {
        const position = found.source.lines.positionAt(hint.at);
        return { position, label: hint.text, tooltip: hint.details, paddingLeft: true };
      });
    }),
  );
  const at =
    (find: (analysis: Analysis, offset: number) => readonly Site[]) =>
    (params: { readonly textDocument: { readonly uri: string }; readonly position: Position }): Location[] | null => {
      const found = analysisOf(params.textDocument.uri, workspace);
      const sites = found && find(found, found.source.lines.offsetAt(params.position));
      return sites === undefined || sites.length === 0 ? null : sites.flatMap(it => locationOf(it, workspace) ?? []);
    };
  connection.onImplementation(guard.answering('implementation', at(winningWrites)));
  connection.onReferences(guard.answering('references', at(allWrites)));
}

/** Undefined where nothing is checked. */
export function analysisOf(uri: string, workspace: Workspace): Analysis | undefined {
  const path = pathOf(uri);
  const folder = workspace.folderOf(path);
  return folder.settings.enable ? folder.analysis(path) : undefined;
}

export function locationOf({ path, start, end }: Site, workspace: Workspace): Location | undefined {
  const source = workspace.sourceOf(path);
  return source && { uri: workspace.uriOf(path), range: rangeOf({ start, end }, source) };
}

function lenses(uri: string, workspace: Workspace, hasPanels: boolean): CodeLens[] {
  const found = analysisOf(uri, workspace);
  if (found === undefined) return [];
  const folder = workspace.folderOf(found.path);
  if (!folder.settings.hasLenses) return [];
  return lensesOf(found, folder.findings(found.path)).flatMap(lens => {
    const command = commandOf(lens, uri, hasPanels);
    return command === undefined ? [] : [{ range: rangeOf(lens.span, found.source), command }];
  });
}

/** Without panels only what tells something by itself is shown. */
function commandOf({ title, opens, className }: Lens, uri: string, hasPanels: boolean): CodeLens['command'] {
  if (opens === undefined) return { title, command: '' };
  if (!hasPanels) return opens === 'findings' ? { title, command: '' } : undefined;
  return { title, command: COMMANDS[opens], arguments: [uri, className] };
}

const COMMANDS = { signal: signalCommand, weights: weightsCommand, findings: findingsCommand };
