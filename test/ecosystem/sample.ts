/**
 * `npm run sample -- RUN.json… [--count 60] [--seed 1] [--most 4] [--excerpts FILE]`: draws errors and warnings of kept runs by
 * lot, at most so many of one repository. Prints the rows of a table to fill in; writes the code around each place, without
 * rule or message, for who judges blind.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Found } from './repositories.js';
import type { Run } from './summary.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    most: { type: 'string', default: '4' },
    excerpts: { type: 'string' },
  },
});

const LOUD: ReadonlySet<string> = new Set(['error', 'warning']);

interface Place extends Found {
  readonly folder: string;
  readonly repository: string;
  readonly path: string;
  readonly line: number;
}

const places = positionals.flatMap(it => loudIn(JSON.parse(readFileSync(it, 'utf8')) as Run));
const drawn = draw(places, Number(values.count), Number(values.most), randomFrom(Number(values.seed)));
const repositories = new Set(places.map(it => it.repository));
const sampled = new Set(drawn.map(it => it.repository));
console.error(`${drawn.length} of ${places.length}, from ${sampled.size} of ${repositories.size} repositories`);
for (const it of drawn.toSorted(byPlace))
  console.log(`| ${it.repository} | ${commitOf(it)} | ${it.path} | ${it.line} | ${it.rule} |  |  |  |`);
if (values.excerpts !== undefined) writeFileSync(values.excerpts, drawn.map(excerptOf).join('\n\n'));

function loudIn({ folder, checked }: Run): readonly Place[] {
  const loud = checked.flatMap(it => it.findings.filter(({ severity }) => LOUD.has(severity)));
  return loud.map(found => {
    const [, repository, path, line] = /^([^/]+\/[^/]+)\/(.*):(\d+)$/.exec(found.place)!;
    return { ...found, folder, repository: repository!, path: path!, line: Number(line) };
  });
}

/** Shuffles all, and takes from the front what its repository has room for. */
function draw(all: readonly Place[], count: number, most: number, random: () => number): readonly Place[] {
  const taken: Place[] = [];
  const perRepository = new Map<string, number>();
  for (const place of shuffled(all, random)) {
    const before = perRepository.get(place.repository) ?? 0;
    if (before >= most || taken.length >= count) continue;
    perRepository.set(place.repository, before + 1);
    taken.push(place);
  }
  return taken;
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [result[i], result[other]] = [result[other]!, result[i]!];
  }
  return result;
}

/** Numbers in [0, 1) by a linear congruential generator (Numerical Recipes). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function byPlace(a: Place, b: Place): number {
  return a.place < b.place ? -1 : Number(a.place > b.place);
}

function commitOf({ folder, repository }: Place): string {
  return readFileSync(join(folder, repository, '.commit'), 'utf8').slice(0, 12);
}

function excerptOf({ folder, repository, path, line }: Place, index: number): string {
  const lines = readFileSync(join(folder, repository, path), 'utf8').split('\n');
  const first = Math.max(0, line - 26);
  const shown = lines.slice(first, line + 20).map((it, i) => `${first + i + 1 === line ? '>' : ' '} ${it}`);
  return `## ${index + 1}: ${repository}/${path}:${line}\n${shown.join('\n')}`;
}
