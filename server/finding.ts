/** A finding as the language server, the command line and the tests see it: paths, offsets and strings. */
import type { Severity } from './rules/rule.js';
import type { Span } from './text/span.js';

export type { RuleInfo, Severity } from './rules/rule.js';

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Of the file that it lies in, which need not be the one that was analyzed. */
  readonly path: string;
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly FindingFix[];
  readonly related: readonly { readonly path: string; readonly span: Span; readonly message: string }[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
}

/** Editors show hints in the text and leave them out of their lists and counts. */
export const isListed = ({ severity }: Finding): boolean => severity !== 'hint';

export interface FindingFix {
  readonly title: string;
  readonly safe: boolean;
  /** The one that an editor offers first. */
  readonly preferred: boolean;
  readonly edits: readonly FileEdit[];
}

export interface FileEdit extends Span {
  readonly path: string;
  readonly text: string;
}
