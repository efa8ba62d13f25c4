/** Reads what comments say about suppression: `# initlens: ignore[rule]`, `# initlens: ignore-file`, `# noqa`. */
import type { Comment, Tree } from '../../syntax/tree.js';
import type { Span } from '../../text/span.js';

export interface Directive extends Span {
  /** `noqa` belongs to other tools as well, so it is never called unused. */
  readonly kind: 'ignore' | 'ignore-file' | 'noqa';
  /** The rules named; undefined when all are meant. */
  readonly rules: readonly RuleName[] | undefined;
  readonly comment: Comment;
}

export interface RuleName extends Span {
  readonly id: string;
}

export function directivesOf(tree: Tree): readonly Directive[] {
  return tree.comments.flatMap(comment => (worthReading.test(comment.text) ? [...directivesIn(comment)] : []));
}

/** A guess that is only wrong in saying yes. */
export const mentionsDirective = (text: string): boolean => worthReading.test(text);

const worthReading = /initlens|noqa/i;
const own = /#\s*initlens:\s*(ignore-file|ignore)(?![\w-])[ \t]*(\[[^\]]*\]?)?/gi;
const noqa = /#\s*noqa(?![\w-])(?::([\s\w,-]*))?/gi;

function* directivesIn(comment: Comment): Iterable<Directive> {
  for (const match of comment.text.matchAll(own)) {
    const kind = match[1]?.toLowerCase() === 'ignore-file' ? 'ignore-file' : 'ignore';
    yield directive(comment, match, kind, match[2]);
  }
  for (const match of comment.text.matchAll(noqa)) yield directive(comment, match, 'noqa', match[1]);
}

function directive(
  comment: Comment,
  match: RegExpMatchArray,
  kind: Directive['kind'],
  list: string | undefined,
): Directive {
  const start = comment.start + (match.index ?? 0);
  const end = start + match[0].trimEnd().length;
  const listStart = start + match[0].length - (list?.length ?? 0);
  return { kind, comment, start, end, rules: list === undefined ? undefined : namesIn(list, listStart) };
}

function namesIn(list: string, offset: number): readonly RuleName[] {
  return [...list.matchAll(/[\w-]+/g)].map(match => {
    const start = offset + match.index;
    return { id: match[0], start, end: start + match[0].length };
  });
}
