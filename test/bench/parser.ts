/**
 * How fast real Python is parsed and walked, compared with web-tree-sitter in the same process.
 *
 * `node --import tsx test/bench/parser.ts <folder>`
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Tree } from '../../server/syntax/tree.js';
import type * as ours from '../../server/syntax/walk.js';
import { show } from './common/figures.js';

const ROUNDS = 7;
/** Characters. */
const MOST = 8e6;
const require = createRequire(import.meta.url);

/** Parses a text, visits every node, and returns how many there were. */
type ParseAndWalk = (text: string) => number;

const folder = process.argv[2] ?? '/usr/lib/python3';
const texts = spread(filesBelow(folder).map(path => readFileSync(path, 'utf8')));
const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
console.log(`${texts.length} files, ${megabytes.toFixed(1)} MB`);
const own = measure('initlens', await initlens());
const other = measure('web-tree-sitter', await treeSitter());
show({ name: 'parse and walk', value: own, unit: 'MB/s', peer: { name: 'web-tree-sitter', value: other, times: 4 } });

/** Of many files, some from everywhere: about as many megabytes as both take a minute for. */
function spread(all: readonly string[]): readonly string[] {
  const total = all.reduce((sum, text) => sum + text.length, 0);
  const step = Math.max(1, Math.ceil(total / MOST));
  return all.filter((_, index) => index % step === 0);
}

/** The median speed in MB/s of all rounds but the first, in which code is still being compiled. */
function measure(name: string, parseAndWalk: ParseAndWalk): number {
  const speeds: number[] = [];
  let nodes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    nodes = texts.reduce((sum, text) => sum + parseAndWalk(text), 0);
    speeds.push((megabytes * 1000) / (performance.now() - start));
  }
  const [first, ...rest] = speeds;
  const median = rest.sort((a, b) => a - b)[Math.floor(rest.length / 2)]!;
  console.log(`${name}: ${median.toFixed(1)} MB/s, ${first!.toFixed(1)} in the first round, ${nodes} nodes`);
  return median;
}

/** Bundled, as it ships. */
async function initlens(): Promise<ParseAndWalk> {
  const contents = "export { parse } from './parse.js'; export { walk } from './walk.js';";
  const resolveDir = fileURLToPath(new URL('../../server/syntax', import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    format: 'esm',
    minifySyntax: true,
    write: false,
  });
  const source = Buffer.from(outputFiles[0]!.contents).toString('base64');
  const { parse, walk } = (await import(`data:text/javascript;base64,${source}`)) as {
    parse(text: string): Tree;
    walk: typeof ours.walk;
  };
  return text => {
    let count = 0;
    walk(parse(text), () => {
      count++;
      return true;
    });
    return count;
  };
}

interface Cursor {
  readonly nodeTypeId: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
  delete(): void;
}

interface TreeSitter {
  Parser: {
    init(): Promise<void>;
    new (): { setLanguage(language: unknown): void; parse(text: string): { walk(): Cursor; delete(): void } };
  };
  Language: { load(path: string): Promise<unknown> };
}

async function treeSitter(): Promise<ParseAndWalk> {
  const { Parser, Language } = (await import(require.resolve('web-tree-sitter'))) as TreeSitter;
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve('tree-sitter-python/tree-sitter-python.wasm')));
  return text => {
    const tree = parser.parse(text);
    const cursor = tree.walk();
    const count = countNodes(cursor);
    cursor.delete();
    tree.delete();
    return count;
  };
}

function countNodes(cursor: Cursor): number {
  let count = 0;
  for (;;) {
    if (cursor.nodeTypeId >= 0) count++;
    if (cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return count;
    }
  }
}

function filesBelow(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap(entry => {
    const below = join(path, entry.name);
    if (entry.isDirectory()) return filesBelow(below);
    return entry.isFile() && entry.name.endsWith('.py') ? [below] : [];
  });
}
