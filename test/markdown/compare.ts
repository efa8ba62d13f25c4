/** Compares what a case expects with what its analysis says. */
import { type Analysis, analyze, createProject, type Finding, type Project } from '../../server/analyze.js';
import { curate } from '../../server/features/curate.js';
import { fixAll } from '../../server/features/fixes.js';
import { ruleNames } from '../../server/features/rulebook.js';
import type { Span } from '../../server/text/span.js';
import type { Block, Case } from './blocks.js';
import { type Expectation, expectationsOf, withoutExpectations } from './expectations.js';
import { memoryFiles } from './memory-files.js';
import { revealed } from './reveal.js';

const ROOT = '/project';

/** Every disagreement, with its line in the page; empty when page and analysis agree. */
export function mismatchesOf(test: Case): readonly string[] {
  return test.files.flatMap(block => {
    const analysis = analysisOf(test, block);
    const placed = placedIn(block, analysis);
    return [...findingMismatches(block, placed), ...revealMismatches(block, analysis), ...fixMismatches(test, block)];
  });
}

/** The file after its fixes, without the comments that expect findings. */
export function fixedCode(test: Case, block: Block): string {
  const clean = withoutExpectations(block.code);
  const check = (text: string) => findingsOf(analysisOf(test, { ...block, code: text }));
  return fixAll(clean, check, () => true).text;
}

function analysisOf(test: Case, block: Block): Analysis {
  const files = test.files.map(it => (it.path === block.path ? block : it));
  return analyze(projectOf(files), `${ROOT}/${block.path}`);
}

/** As an editor shows them: without those that comments suppress. */
function findingsOf(analysis: Analysis): readonly Finding[] {
  return curate(analysis, analysis.findings, {}, ruleNames);
}

function projectOf(files: readonly Block[]): Project {
  const texts = new Map(files.map(it => [`${ROOT}/${it.path}`, it.code]));
  return createProject({ files: memoryFiles(texts), roots: [ROOT], pythonPath: [] });
}

interface Placed {
  readonly finding: Finding;
  readonly line: number;
  readonly columns: readonly [number, number];
}

function placedIn(block: Block, analysis: Analysis): readonly Placed[] {
  return findingsOf(analysis).map(finding => ({ finding, ...placeOf(block.code, finding.span) }));
}

/** What is not expected fails, and what is expected and not there. */
function findingMismatches(block: Block, placed: readonly Placed[]): readonly string[] {
  const open = new Set(expectationsOf(block.code).filter(it => it.kind === 'finding'));
  const problems: string[] = [];
  for (const found of placed) {
    const met = [...open].find(it => isMet(it, found));
    if (met !== undefined) open.delete(met);
    else problems.push(`line ${block.line + found.line}: unexpected ${labelOf(found)}${at(found.columns)}`);
  }
  const missing = [...open].map(it => `line ${block.line + it.line}: missing ${it.label}: ${it.text}`);
  return [...problems, ...missing];
}

function isMet({ line, columns, label, text }: Expectation, { finding, ...place }: Placed): boolean {
  if (line !== place.line || label !== `${finding.severity}[${finding.rule}]`) return false;
  return isAt(columns, place.columns) && finding.message.includes(text);
}

function isAt(expected: Expectation['columns'], [start, end]: readonly [number, number]): boolean {
  return expected === undefined || (expected[0] === start && expected[1] === end);
}

const labelOf = ({ finding }: Placed) => `${finding.severity}[${finding.rule}]: ${finding.message}`;
const at = ([start, end]: readonly [number, number]) => ` (columns ${start} to ${end})`;

function revealMismatches(block: Block, analysis: Analysis): readonly string[] {
  const known = [...revealed(analysis)].filter(it => it.site.path === `${ROOT}/${block.path}`);
  const placed = known.map(it => ({ text: it.text, ...placeOf(block.code, it.site) }));
  return expectationsOf(block.code)
    .filter(it => it.kind === 'reveal')
    .flatMap(expected => {
      const here = placed.filter(it => it.line === expected.line && isAt(expected.columns, it.columns));
      if (here.some(it => it.text.includes(expected.text))) return [];
      const told = here.map(it => `\n    ${it.text}`).join('') || ' nothing';
      return [`line ${block.line + expected.line}: reveal: expected ${expected.text}, got${told}`];
    });
}

function fixMismatches(test: Case, block: Block): readonly string[] {
  if (block.fixed === undefined) return [];
  const fixed = fixedCode(test, block);
  return fixed === block.fixed.code ? [] : [`line ${block.line}: after its fixes the file is\n${fixed}`];
}

/** The span's first line; its end is cut there. */
function placeOf(code: string, { start, end }: Span): Pick<Placed, 'line' | 'columns'> {
  const before = code.slice(0, start).split('\n');
  const column = before.at(-1)!.length;
  const length = code.slice(start, end).split('\n')[0]!.length;
  return { line: before.length - 1, columns: [column, column + length] };
}
