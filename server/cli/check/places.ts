/** From offsets in sources to lines and columns as people count them. */
import type { Finding } from '../../analyze.js';
import type { Fix } from '../../features/fixes.js';
import { relativePath } from '../../text/paths.js';
import type { Span } from '../../text/span.js';
import type { Place, ReportedFinding, ReportedFix } from '../report.js';
import { LineIndex } from './lines.js';

/** The text of a file as it was analysed; undefined where there is none. */
export type TextReader = (path: string) => string | undefined;

export class Places {
  readonly #folder: string;
  readonly #textOf: TextReader;
  readonly #lines = new Map<string, LineIndex>();

  /** `folder` is where the program was started. */
  constructor(folder: string, textOf: TextReader) {
    this.#folder = folder;
    this.#textOf = textOf;
  }

  report(finding: Finding): ReportedFinding {
    const [fix] = finding.fixes;
    return {
      rule: finding.rule,
      severity: finding.severity,
      ...this.#locate(finding.path, finding.span),
      message: finding.message,
      fix: fix === undefined ? null : this.#reportFix(finding.path, fix),
      related: finding.related.map(it => ({ ...this.#locate(it.path, it.span), message: it.message })),
    };
  }

  /** The text of a line, from 1, without its break. */
  line(path: string, line: number): string | undefined {
    return this.#index(path)?.line(line);
  }

  /** Texts may have changed. */
  forget(): void {
    this.#lines.clear();
  }

  /** How the path is written in reports. */
  shown(path: string): string {
    return relativePath(this.#folder, path);
  }

  #locate(path: string, span: Span): { path: string; start: Place; end: Place } {
    const index = this.#index(path);
    const place = (offset: number) => index?.place(offset) ?? { line: 1, column: 1 };
    return { path: this.shown(path), start: place(span.start), end: place(span.end) };
  }

  #reportFix(path: string, fix: Fix): ReportedFix {
    const edits = fix.edits.map(edit => {
      const { start, end } = this.#locate(path, edit);
      return { start, end, text: edit.text };
    });
    return { title: fix.title, safe: fix.safe, edits };
  }

  #index(path: string): LineIndex | undefined {
    const text = this.#textOf(path);
    if (text === undefined) return undefined;
    let index = this.#lines.get(path);
    if (index?.text !== text) {
      index = new LineIndex(text);
      this.#lines.set(path, index);
    }
    return index;
  }
}
