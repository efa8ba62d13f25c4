/**
 * Our trees against CPython's `ast`, over the standard library of the `python3` at hand.
 *
 * A spread sample by default; `AST_FILES=all` takes all files, `AST_FILES=/some/folder` those of a folder.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse, parseLazily } from '../../server/syntax/parse.js';
import { decode } from '../../server/text/encoding.js';
import { dumpLikeCPython } from './cpython.js';

const SAMPLE_SIZE = 60;
const BATCH_SIZE = 20;
const DUMP = fileURLToPath(new URL('ast_dump.py', import.meta.url));

const python = pythonAtHand();

test('trees are those of CPython', { skip: python === undefined ? 'there is no python3 from 3.10 on' : false }, () => {
  const paths = chosenFiles(python!.modules);
  assert.ok(paths.length > 0, 'no files to compare');
  const differences: string[] = [];
  for (let index = 0; index < paths.length; index += BATCH_SIZE) {
    for (const { path, lines } of dumps(paths.slice(index, index + BATCH_SIZE))) {
      const difference = compare(path, lines, python!.isFormattedLocated);
      if (difference !== undefined) differences.push(difference);
    }
  }
  assert.deepEqual(differences, []);
});

interface Python {
  readonly modules: string;
  readonly isFormattedLocated: boolean;
}

function pythonAtHand(): Python | undefined {
  const code =
    'import os, sys; assert sys.version_info >= (3, 10); ' +
    'print(os.path.dirname(os.__file__)); print(sys.version_info >= (3, 12))';
  const { status, stdout } = spawnSync('python3', ['-c', code], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const [modules, isNew] = stdout.split('\n');
  return { modules: modules!, isFormattedLocated: isNew === 'True' };
}

function chosenFiles(modules: string): string[] {
  const choice = process.env.AST_FILES;
  if (choice !== undefined && choice !== 'all') return filesBelow(choice);
  const all = filesBelow(modules);
  if (choice === 'all') return all;
  const step = Math.max(1, Math.floor(all.length / SAMPLE_SIZE));
  return all.filter((_, index) => index % step === 0);
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() && entry.name.endsWith('.py') ? [path] : [];
  });
}

interface Dump {
  readonly path: string;
  /** Undefined where CPython rejects the file. */
  readonly lines: readonly string[] | undefined;
}

function dumps(paths: readonly string[]): Dump[] {
  const output = execFileSync('python3', [DUMP], {
    input: paths.join('\n'),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  return output.split(/^(?=[#!] )/m).map(section => {
    const [header, ...lines] = section.trimEnd().split('\n');
    return { path: header!.slice(2), lines: header!.startsWith('#') ? lines : undefined };
  });
}

function compare(
  path: string,
  expected: readonly string[] | undefined,
  isFormattedLocated: boolean,
): string | undefined {
  if (expected === undefined) return undefined;
  const decoded = decode(readFileSync(path), decodeUtf8);
  if ('error' in decoded) return decoded.error.startsWith('unknown encoding') ? undefined : `${path}: ${decoded.error}`;
  const { body, problems } = parse(decoded.text);
  const [problem] = problems;
  if (problem !== undefined) return `${path}: ${problem.message} at ${problem.start}`;
  const actual = dumpLikeCPython(body, isFormattedLocated);
  const late = dumpLikeCPython(parseLazily(decoded.text).body, isFormattedLocated);
  const differing = late.findIndex((line, index) => line !== actual[index]);
  if (differing >= 0 || late.length !== actual.length) return `${path}: read late, ${late[differing]}`;
  const at = actual.findIndex((line, index) => line !== expected[index] && !isNamedCharacter(line, expected[index]));
  if (at < 0 && actual.length === expected.length) return undefined;
  return `${path}:\n  CPython ${expected[at]}\n  ours    ${actual[at]}`;
}

/** Without Unicode's table of names `\N{…}` stays as it is. */
function isNamedCharacter(actual: string, expected = ''): boolean {
  return actual.includes('\\\\N{') && actual.split(' value=')[0] === expected.split(' value=')[0];
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
