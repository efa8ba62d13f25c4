/** Code actions: the fixes of findings, their suppression, and all safe fixes at once. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type TextEdit as ProtocolEdit,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Analysis, FileEdit, Finding } from '../analyze.js';
import { assistsAt } from '../features/assists/assists.js';
import { fixAll, isSafe } from '../features/fixes.js';
import { suppressionEdit } from '../features/suppressions/insert.js';
import { cellsOf, isNotebook } from '../text/cells.js';
import type { Span } from '../text/span.js';
import { type Conversion, diagnosticOf, rangeOf, spanOf } from './convert.js';
import type { Folder } from './folder.js';
import type { Workspace } from './workspace.js';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.initlens`;

/** In a notebook all means all of its cells, and only this kind asks for that. */
export const notebookFixAllKind = `notebook.${fixAllKind}`;
export const assistKind = `${CodeActionKind.RefactorRewrite}.initlens`;

export interface ActionContext {
  readonly workspace: Workspace;
  readonly conversion: Conversion;
  /** Whether the client takes edits with document versions. */
  readonly hasVersionedEdits: boolean;
}

export function codeActions(path: string, { range, context }: CodeActionParams, given: ActionContext): CodeAction[] {
  const folder = given.workspace.folderOf(path);
  const analysis = folder.analysis(path);
  if (analysis === undefined) return [];
  const wanted = (kind: string) => isWanted(kind, context.only);
  const near = folder.findings(path).filter(it => touches(it.span, spanOf(range, analysis.source)));
  return [
    ...(wanted(CodeActionKind.QuickFix) ? near.flatMap(it => quickFixes(it, analysis, given)) : []),
    ...(wanted(assistKind) ? assists(analysis, range, folder, given) : []),
    ...(context.only !== undefined && wanted(fixAllKindOf(path)) ? fixAllActions(path, folder, analysis, given) : []),
  ];
}

function assists(analysis: Analysis, range: Range, { project }: Folder, given: ActionContext): CodeAction[] {
  const { start } = spanOf(range, analysis.source);
  return assistsAt(analysis, start, project).map(({ title, edits }) => ({
    title,
    kind: assistKind,
    edit: workspaceEdit(edits, given),
  }));
}

function fixAllKindOf(path: string): string {
  return isNotebook(path) ? notebookFixAllKind : fixAllKind;
}

/** `source` also asks for `source.fixAll.initlens`. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some(it => kind === it || kind.startsWith(`${it}.`) || it === '');
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function quickFixes(finding: Finding, analysis: Analysis, given: ActionContext): CodeAction[] {
  const diagnostic = diagnosticOf(finding, analysis.source, given.conversion);
  const preferred = finding.fixes.findIndex(it => it.preferred);
  const fixes = finding.fixes.map((fix, index) => ({
    ...quickFix(fix.title, fix.edits, diagnostic, given),
    ...(index === preferred && { isPreferred: true }),
  }));
  const edit = { ...suppressionEdit(finding, analysis), path: finding.path };
  return [...fixes, quickFix(`Ignore \`${finding.rule}\` here`, [edit], diagnostic, given)];
}

function quickFix(title: string, edits: readonly FileEdit[], diagnostic: Diagnostic, given: ActionContext): CodeAction {
  const edit = workspaceEdit(edits, given);
  return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit };
}

/** One edit over what differs, since the fixes build upon each other. */
function fixAllActions(path: string, folder: Folder, { source }: Analysis, given: ActionContext): CodeAction[] {
  const { text } = source;
  const fixed = fixAll(text, candidate => findingsIn(candidate, path, folder), isSafe);
  folder.open(path, text);
  if (fixed.text === text) return [];
  const edits = isNotebook(path) ? cellDifferences(text, fixed.text) : [difference(text, fixed.text)];
  const edit = workspaceEdit(
    edits.map(it => ({ ...it, path })),
    given,
  );
  return [{ title: 'Fix all that InitLens can fix safely', kind: fixAllKindOf(path), edit }];
}

function findingsIn(text: string, path: string, folder: Folder): readonly Finding[] {
  folder.open(path, text);
  return folder.findings(path);
}

/** Cells keep apart what is edited in them. */
function cellDifferences(before: string, after: string): readonly (Span & { readonly text: string })[] {
  const fixed = new Map(cellsOf(after).map(it => [it.number, it.text]));
  return cellsOf(before).flatMap(({ number, start, text }) => {
    const now = fixed.get(number) ?? text;
    if (now === text) return [];
    const change = difference(text, now);
    return [{ ...change, start: change.start + start, end: change.end + start }];
  });
}

function difference(before: string, after: string): Span & { readonly text: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

function workspaceEdit(edits: readonly FileEdit[], { workspace, hasVersionedEdits }: ActionContext): WorkspaceEdit {
  const byPath = new Map<string, ProtocolEdit[]>();
  for (const { path, text, ...span } of edits) {
    const source = workspace.sourceOf(path);
    if (source === undefined) continue;
    byPath.set(path, [...(byPath.get(path) ?? []), { range: rangeOf(span, source), newText: text }]);
  }
  const documents = [...byPath].map(([path, changes]) => ({ path, uri: workspace.uriOf(path), changes }));
  if (!hasVersionedEdits) return { changes: Object.fromEntries(documents.map(it => [it.uri, it.changes])) };
  return {
    documentChanges: documents.map(({ path, uri, changes }) => ({
      textDocument: { uri, version: workspace.document(path)?.version ?? null },
      edits: changes,
    })),
  };
}
