/** The Python blocks of a Markdown page, grouped into cases. */

/** Files that are analyzed together. */
export interface Case {
  readonly title: string;
  readonly files: readonly Block[];
}

export interface Block {
  /** Where the file lies in the case's project. */
  readonly path: string;
  readonly code: string;
  /** The line of the page, from 1, on which the code begins. */
  readonly line: number;
  /** The file after its fixes, where the page shows it. */
  readonly fixed?: { readonly code: string; readonly start: number };
}

interface Fence {
  readonly info: string;
  readonly code: string;
  /** Offset of the code in the page. */
  readonly start: number;
}

/** A block without a name is a case of its own; named blocks of one section are one case. */
export function casesOf(page: string): readonly Case[] {
  const cases: { title: string; files: Block[]; section: number }[] = [];
  for (const { block, section, title, isNamed } of blocksOf(page)) {
    const open = cases.at(-1);
    if (isNamed && open?.section === section) open.files.push(block);
    else cases.push({ title: `${title} (line ${block.line})`, files: [block], section: isNamed ? section : -1 });
  }
  return cases;
}

function* blocksOf(page: string) {
  const fences = fencesOf(page);
  for (const [index, fence] of fences.entries()) {
    if (isFixed(fence)) continue;
    const name = /\btitle=(\S+)/.exec(fence.info)?.[1];
    const next = fences[index + 1];
    const fixed = next !== undefined && isFixed(next) ? { code: next.code, start: next.start } : undefined;
    const block: Block = {
      path: name ?? 'example.py',
      code: fence.code,
      line: page.slice(0, fence.start).split('\n').length,
      ...(fixed && { fixed }),
    };
    yield { block, ...sectionAt(page, fence.start), isNamed: name !== undefined };
  }
}

const isFixed = ({ info }: Fence) => /^py .*\bfixed\b/.test(info);

function fencesOf(page: string): readonly Fence[] {
  const fences = page.matchAll(/^```(py(?: .*)?)\n([\s\S]*?)^```$/gm);
  return [...fences].map(({ 0: whole, 1: info, 2: code, index }) => ({
    info: info!,
    code: code!,
    start: index + whole.indexOf('\n') + 1,
  }));
}

/** The nearest heading above, and its offset. */
function sectionAt(page: string, offset: number): { readonly title: string; readonly section: number } {
  const heading = [...page.slice(0, offset).matchAll(/^#+ (.*)$/gm)].at(-1);
  return { title: heading?.[1] ?? '', section: heading?.index ?? 0 };
}
