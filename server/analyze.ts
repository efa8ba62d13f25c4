/** One source in, everything known about it out: what the language server, the command line and the tests share. */
import { evaluateFile } from './evaluate.js';
import { frameworks } from './frameworks/index.js';
import type { Model, Program } from './model/model.js';
import type { ParsedSource, Project } from './project.js';
import { rules } from './rules/registry.js';
import type { Fix, Report, Rule, Severity } from './rules/rule.js';
import type { Tree } from './syntax/tree.js';
import type { Source } from './text/source.js';
import type { Site, Span } from './text/span.js';

export { createProject, Project, type ProjectOptions } from './project.js';
export { evaluateTarget } from './target.js';

/** Plain data: paths, offsets and strings; no syntax nodes, no values, no protocol types. */
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

export interface Analysis {
  readonly path: string;
  readonly source: Source;
  readonly tree: Tree;
  readonly program: Program;
  readonly findings: readonly Finding[];
}

/** Callers have read the file: `project.read` says why one cannot be. */
export function analyze(project: Project, path: string, isCancelled?: () => boolean): Analysis {
  const file = project.source(path);
  if (file === undefined) throw new Error(`${path} cannot be read`);
  const program = concerns(file) ? evaluateFile(project, file, isCancelled) : emptyProgram(path);
  const findings = distinct(rules.flatMap(rule => findingsOf(project, rule, program)));
  return { path, source: file.source, tree: file.tree, program, findings };
}

/** A file that never names a framework, not even by way of another file, has nothing to say about weights. */
function concerns(file: ParsedSource): boolean {
  return /\b(torch|nn|Module|init|weight|import)\b/.test(file.text);
}

const emptyProgram = (path: string): Program => ({
  path,
  models: [] as Model[],
  calls: [],
  faults: [],
  deprecations: [],
  loads: [],
});

function findingsOf(project: Project, rule: Rule, program: Program): Finding[] {
  return [...rule.check(program)].map(report => finding(project, rule, report));
}

function finding(project: Project, rule: Rule, report: Report): Finding {
  return {
    rule: rule.id,
    severity: report.severity ?? rule.severity,
    path: report.site.path,
    span: spanOf(report.site),
    message: report.message,
    fixes: (report.fixes ?? []).flatMap((fix, index) => fixOf(project, fix, index === 0)),
    related: (report.related ?? []).map(it => ({ path: it.site.path, span: spanOf(it.site), message: it.message })),
    tags: report.tags ?? [],
  };
}

/** The fix as code; none where one of its changes cannot be written, or lies in code that the user does not own. */
function fixOf(project: Project, fix: Fix, preferred: boolean): FindingFix[] {
  const edits: FileEdit[] = [];
  for (const intent of fix.intents) {
    const path = 'call' in intent ? intent.call.site.path : intent.site.path;
    const file = project.source(path);
    const written = file && project.isUserCode(path) ? frameworks[0]!.write(intent, file.source, file.tree) : undefined;
    if (written === undefined) return [];
    edits.push(...written.map(it => ({ ...it, path })));
  }
  return [{ title: fix.title, safe: fix.safe, preferred, edits }];
}

const spanOf = ({ start, end }: Site): Span => ({ start, end });

/** One statement may be reached many times; what it comes to is said once, in the order of the text. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const kept = new Map<string, Finding>();
  for (const it of findings) {
    const key = `${it.rule}\0${it.path}\0${it.span.start}\0${it.span.end}`;
    const other = kept.get(key);
    if (other === undefined || rank(it.severity) < rank(other.severity)) kept.set(key, it);
  }
  return [...kept.values()].sort((a, b) =>
    a.path === b.path ? a.span.start - b.span.start : a.path < b.path ? -1 : 1,
  );
}

const rank = (severity: Severity) => ['error', 'warning', 'information', 'hint'].indexOf(severity);
