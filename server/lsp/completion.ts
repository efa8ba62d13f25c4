/** Completions and signatures of initializers, as the protocol has them. */
import {
  type CompletionItem,
  CompletionItemKind,
  MarkupKind,
  type Position,
  type SignatureHelp,
} from 'vscode-languageserver';
import { type Completion, completionsAt } from '../features/assists/complete.js';
import { signatureAt } from '../features/assists/signature.js';
import { rangeOf } from './convert.js';
import type { Workspace } from './workspace.js';

const kinds: Record<Completion['kind'], CompletionItemKind> = {
  initializer: CompletionItemKind.Function,
  argument: CompletionItemKind.Field,
  value: CompletionItemKind.EnumMember,
};

export function completionItems(path: string, position: Position, workspace: Workspace): CompletionItem[] {
  const analysis = workspace.folderOf(path).analysis(path);
  if (analysis === undefined) return [];
  const found = completionsAt(analysis, analysis.source.lines.offsetAt(position));
  return found.map(({ label, text, span, reason, kind }, index) => ({
    label,
    kind: kinds[kind],
    sortText: String(index).padStart(3, '0'),
    filterText: text.replaceAll(/['"]/g, ''),
    textEdit: { range: rangeOf(span, analysis.source), newText: text },
    ...(reason !== undefined && { detail: reason, preselect: index === 0 }),
  }));
}

export function signatureHelp(path: string, position: Position, workspace: Workspace): SignatureHelp | null {
  const analysis = workspace.folderOf(path).analysis(path);
  const found = analysis && signatureAt(analysis, analysis.source.lines.offsetAt(position));
  if (found === undefined) return null;
  const { label, parameters, active, advice } = found;
  const documentation = advice && { documentation: { kind: MarkupKind.Markdown, value: advice } };
  return {
    signatures: [{ label, parameters: parameters.map(it => ({ label: it })), ...documentation }],
    activeSignature: 0,
    activeParameter: active,
  };
}
