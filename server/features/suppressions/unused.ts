/** The finding about a suppression that suppresses nothing, with the edit that takes it out. */
import type { Finding } from '../../analyze.js';
import type { RuleInfo } from '../../rules/rule.js';
import type { Span } from '../../text/span.js';
import type { Directive, RuleName } from './directives.js';
import type { Rulebook } from './suppressions.js';

export const unusedSuppressionRule: RuleInfo = {
  id: 'unused-suppression',
  summary: 'Finds comments that suppress a rule which has nothing to report there',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
};

interface File {
  readonly path: string;
  readonly text: string;
}

/** `idle` are the names in brackets that do nothing; all of the directive is meant without. */
export function unusedSuppression(
  file: File,
  directive: Directive,
  idle: readonly RuleName[] = [],
  rules?: Rulebook,
): Finding {
  const named = directive.rules ?? [];
  const isWhole = idle.length === named.length;
  const span = isWhole ? { start: directive.start, end: directive.end } : aroundAll(idle);
  const edit = isWhole ? removal(file.text, directive) : relisting(directive, idle);
  return {
    rule: unusedSuppressionRule.id,
    severity: unusedSuppressionRule.severity,
    path: file.path,
    span,
    message: messageFor(idle, rules),
    fixes: [
      { title: 'Remove the unused suppression', safe: true, preferred: true, edits: [{ path: file.path, ...edit }] },
    ],
    related: [],
    tags: ['unnecessary'],
  };
}

function messageFor(idle: readonly RuleName[], rules: Rulebook | undefined): string {
  const unknown = idle.filter(it => rules && !rules.isKnown(it.id));
  if (unknown.length > 0) return `there is no rule ${list(unknown)}`;
  return idle.length > 0 ? `nothing here is reported by ${list(idle)}` : 'nothing here is reported';
}

function list(names: readonly RuleName[]): string {
  return names.map(it => `\`${it.id}\``).join(', ');
}

function aroundAll(names: readonly RuleName[]): Span {
  return { start: Math.min(...names.map(it => it.start)), end: Math.max(...names.map(it => it.end)) };
}

interface Edit extends Span {
  readonly text: string;
}

/** The names that stay, written anew between the brackets. */
function relisting(directive: Directive, idle: readonly RuleName[]): Edit {
  const named = directive.rules ?? [];
  const kept = named.filter(it => !idle.includes(it)).map(it => it.id);
  return { ...aroundAll(named), text: kept.join(', ') };
}

/** A comment that says nothing else goes with the blanks before it, and with its line where it stands alone. */
function removal(text: string, directive: Directive): Edit {
  const { comment } = directive;
  const isAll = directive.start === comment.start && text.slice(directive.end, comment.end).trim() === '';
  if (!isAll) return partOf(text, directive);
  const start = beforeBlanks(text, comment.start);
  const isAlone = start === 0 || text[start - 1] === '\n' || text[start - 1] === '\r';
  return { start, end: isAlone ? afterBreak(text, comment.end) : comment.end, text: '' };
}

function partOf(text: string, directive: Directive): Edit {
  const end = afterBlanks(text, directive.end);
  const isLast = end >= directive.comment.end;
  return { start: isLast ? beforeBlanks(text, directive.start) : directive.start, end, text: '' };
}

function beforeBlanks(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
  return at;
}

function afterBlanks(text: string, offset: number): number {
  let at = offset;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

function afterBreak(text: string, offset: number): number {
  if (text.startsWith('\r\n', offset)) return offset + 2;
  return offset < text.length ? offset + 1 : offset;
}
