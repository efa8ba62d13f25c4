/** From plain data to the protocol's types and back. */
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range,
} from 'vscode-languageserver';
import type { Finding } from '../analyze.js';
import type { Severity } from '../finding.js';
import type { Source } from '../text/source.js';
import type { Span } from '../text/span.js';

export interface Conversion {
  sourceOf(path: string): Source | undefined;
  uriOf(path: string): string;
  /** URI of the folder with the rules' pages. */
  readonly rulePages: string | undefined;
}

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

export function diagnosticOf(finding: Finding, source: Source, conversion: Conversion): Diagnostic {
  const href = pageOf(finding.rule, conversion);
  return {
    range: rangeOf(finding.span, source),
    severity: severities[finding.severity],
    code: finding.rule,
    ...(href !== undefined && { codeDescription: { href } }),
    source: 'initlens',
    message: finding.message,
    ...(finding.tags.length > 0 && { tags: finding.tags.map(it => tags[it]) }),
    ...(finding.related.length > 0 && { relatedInformation: relatedOf(finding, conversion) }),
  };
}

export function rangeOf({ start, end }: Span, { lines }: Source): Range {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

/** Positions outside the text count as the nearest one inside. */
export function spanOf({ start, end }: Range, { lines }: Source): Span {
  return { start: lines.offsetAt(start), end: lines.offsetAt(end) };
}

/** The address of a rule's page; undefined where the client has none. */
export function pageOf(rule: string, { rulePages }: Pick<Conversion, 'rulePages'>): string | undefined {
  return rulePages === undefined ? undefined : `${rulePages.replace(/\/$/, '')}/${rule}.md`;
}

function relatedOf({ related }: Finding, { sourceOf, uriOf }: Conversion): DiagnosticRelatedInformation[] {
  return related.flatMap(({ path, span, message }) => {
    const source = sourceOf(path);
    return source === undefined ? [] : [{ location: { uri: uriOf(path), range: rangeOf(span, source) }, message }];
  });
}
