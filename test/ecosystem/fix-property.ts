/**
 * What must hold of every fix: its edits lie apart and inside the file, the result parses, the finding is gone and no error or
 * warning has come, comments stay, and outside of the statements that it is about nothing changes.
 */
import type { Finding, FindingFix, Project } from '../../server/analyze.js';
import { analyze } from '../../server/analyze.js';
import { applyEdits } from '../../server/features/fixes.js';
import { parse } from '../../server/syntax/parse.js';
import type { Statement, Tree } from '../../server/syntax/tree.js';
import { walk } from '../../server/syntax/walk.js';
import type { Span } from '../../server/text/span.js';

/** What does not hold, in words; empty for a good fix. The project is left as it was. */
export function faultsOf(fix: FindingFix, finding: Finding, project: Project): readonly string[] {
  const paths = [...new Set(fix.edits.map(it => it.path))];
  if (fix.edits.length === 0) return ['it has no edits'];
  const foreign = paths.find(it => !project.isUserCode(it));
  if (foreign !== undefined) return [`it changes ${foreign}, which is not the user's`];
  const faults = paths.flatMap(path => faultsIn(path, fix, project));
  return faults.length > 0 ? faults : staysFound(fix, finding, project);
}

function faultsIn(path: string, { edits }: FindingFix, project: Project): readonly string[] {
  const { text, tree } = project.source(path)!;
  const own = edits.filter(it => it.path === path);
  const misplaced = own.find(it => it.start > it.end || it.start < 0 || it.end > text.length);
  if (misplaced !== undefined) return [`an edit lies outside of the file: ${misplaced.start}–${misplaced.end}`];
  const overlap = own.some((a, i) => own.some((b, j) => i < j && a.start < b.end && b.start < a.end));
  if (overlap) return ['its edits overlap'];
  const after = applyEdits(text, own);
  const fixed = parse(after);
  return [
    ...(fixed.problems.length > parse(text).problems.length
      ? [`it does not parse: ${fixed.problems[0]?.message}`]
      : []),
    ...lostComments(tree, fixed, own, text),
    ...strayEdits(tree, fixed, own, text, after),
    ...wideLines(text, after),
  ];
}

/** A comment may go with a statement that goes. */
function lostComments(before: Tree, after: Tree, edits: readonly (Span & { text: string })[], text: string): string[] {
  const kept = new Map<string, number>();
  for (const { text: it } of after.comments) kept.set(it, (kept.get(it) ?? 0) + 1);
  const deleted = edits.filter(it => it.text === '' && /\S/.test(text.slice(it.start, it.end)));
  const faults: string[] = [];
  for (const comment of before.comments) {
    const left = kept.get(comment.text) ?? 0;
    kept.set(comment.text, left - 1);
    const isDeleted = deleted.some(it => it.start <= comment.start && comment.end <= it.end);
    if (left <= 0 && !isDeleted) faults.push(`it loses the comment ${comment.text}`);
  }
  return faults;
}

/** Every simple statement that no edit touches stands in the result as it stood. */
function strayEdits(before: Tree, after: Tree, edits: readonly Span[], text: string, fixed: string): string[] {
  const remaining = new Map<string, number>();
  for (const it of simpleStatements(after)) add(remaining, meaning(it, fixed), 1);
  for (const it of simpleStatements(before)) {
    const isTouched = edits.some(edit => edit.start <= it.end && it.start <= edit.end);
    if (isTouched) continue;
    const key = meaning(it, text);
    if ((remaining.get(key) ?? 0) <= 0) return [`it changes ${text.slice(it.start, it.end).slice(0, 60)}`];
    add(remaining, key, -1);
  }
  return [];
}

const meaning = (it: Span, text: string) => text.slice(it.start, it.end).replaceAll(/\s+/g, ' ');

function add(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function simpleStatements(tree: Tree): readonly Statement[] {
  const found: Statement[] = [];
  walk(tree, node => {
    if (simple.has(node.kind)) found.push(node as Statement);
    return true;
  });
  return found;
}

const simple: ReadonlySet<string> = new Set([
  'Return',
  'Delete',
  'Assign',
  'AugmentedAssign',
  'AnnotatedAssign',
  'Raise',
  'Assert',
  'Import',
  'ImportFrom',
  'Global',
  'Nonlocal',
  'Expression',
  'Pass',
]);

/** No line becomes wider than both the widest that was there and what every formatter allows. */
function wideLines(before: string, after: string): string[] {
  const allowed = Math.max(120, ...before.split(/\r\n|\r|\n/).map(it => it.length));
  const wide = after.split(/\r\n|\r|\n/).find(it => it.length > allowed);
  return wide === undefined ? [] : [`a line of ${wide.length} characters where ${allowed} were the most`];
}

/** The rule has nothing to say where the finding was, and no rule says more than before. */
function staysFound(fix: FindingFix, finding: Finding, project: Project): readonly string[] {
  const paths = [...new Set(fix.edits.map(it => it.path))];
  const before = analyze(project, finding.path).findings;
  const texts = new Map(paths.map(it => [it, project.source(it)!.text]));
  for (const [path, text] of texts) {
    const own = fix.edits.filter(it => it.path === path);
    project.openDocument(path, applyEdits(text, own));
  }
  try {
    const place = moved(finding.span, finding.path, fix);
    const after = analyze(project, finding.path).findings;
    const again = after.filter(
      it =>
        it.rule === finding.rule && it.path === finding.path && it.span.start < place.end && place.start < it.span.end,
    );
    const more = RUNS_MORE.has(finding.rule) ? [] : newlyFound(before, after);
    return [...again.map(it => `${it.rule} still finds: ${it.message}`), ...more];
  } finally {
    for (const path of paths) project.closeDocument(path);
  }
}

/** What such a fix calls has never run: its own mistakes come to light. */
const RUNS_MORE: ReadonlySet<string> = new Set(['unused-initializer', 'early-apply']);

/** Of which rules there are more errors and warnings than before. */
function newlyFound(before: readonly Finding[], after: readonly Finding[]): readonly string[] {
  const loudOf = (findings: readonly Finding[], rule: string) =>
    findings.filter(it => it.rule === rule && (it.severity === 'error' || it.severity === 'warning'));
  const rules = [...new Set(after.map(it => it.rule))];
  const more = rules.filter(it => loudOf(after, it).length > loudOf(before, it).length);
  return more.map(it => `${it} finds more: ${loudOf(after, it).at(-1)!.message}`);
}

/** Where a span lies after the edits; what an edit replaced counts as a whole. */
function moved(span: Span, path: string, { edits }: FindingFix): Span {
  let { start, end } = span;
  const own = edits.filter(it => it.path === path).toSorted((a, b) => b.start - a.start);
  for (const edit of own) {
    const growth = edit.text.length - (edit.end - edit.start);
    if (edit.end <= start) start += growth;
    else if (edit.start < start) start = edit.start;
    if (edit.start < end) end = Math.max(edit.end, end) + growth;
  }
  return { start, end: Math.max(start, end) };
}
