/** From offsets in sources to lines and columns as people count them. */
import type { Finding } from '../../analyze.js';
import type { Fix } from '../../features/fixes.js';
import { cellAt } from '../../text/cells.js';
import { relativePath } from '../../text/paths.js';
import type { Source } from '../../text/source.js';
import type { Site, Span } from '../../text/span.js';
import type { Place, ReportedFinding, ReportedFix } from '../report.js';

/** A file as it was analysed; undefined where there is none. */
export type SourceReader = (path: string) => Source | undefined;

export interface Located {
  readonly path: string;
  /** In a notebook; lines count from its first. */
  readonly cell?: number;
  readonly start: Place;
  readonly end: Place;
}

/** `folder` is where the program was started; paths are shown relative to it. */
export function reportFinding(finding: Finding, folder: string, sourceOf: SourceReader): ReportedFinding {
  const [fix] = finding.fixes;
  const locate = (path: string, span: Span) => locateSite({ path, ...span }, folder, sourceOf);
  return {
    rule: finding.rule,
    severity: finding.severity,
    ...locate(finding.path, finding.span),
    message: finding.message,
    fix: fix === undefined ? null : reportFix(fix, locate),
    related: finding.related.map(it => ({ ...locate(it.path, it.span), message: it.message })),
  };
}

export function locateSite({ path, start, end }: Site, folder: string, sourceOf: SourceReader): Located {
  const source = sourceOf(path);
  const shown = relativePath(folder, path);
  if (source === undefined) return { path: shown, start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const cell = cellAt(source, start);
  const linesBefore = cell === undefined ? 0 : source.lines.lineAt(cell.start);
  const place = (offset: number) => {
    const { line, column } = source.lines.locationAt(offset);
    return { line: line - linesBefore, column };
  };
  return { path: shown, ...(cell && { cell: cell.number }), start: place(start), end: place(end) };
}

function reportFix(fix: Fix, locate: (path: string, span: Span) => Located): ReportedFix {
  const edits = fix.edits.map(edit => {
    const { start, end, cell } = locate(edit.path, edit);
    return { ...(cell !== undefined && { cell }), start, end, text: edit.text };
  });
  return { title: fix.title, safe: fix.safe, edits };
}
