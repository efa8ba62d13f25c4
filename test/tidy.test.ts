/** Holds the shape of the project: who imports whom, what lies at the top, how long files are, how they open. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Folders and files that are made, installed or kept by tools. */
const made = new Set(['.git', 'node_modules', 'out', 'dist']);
const isMade = (name: string) => made.has(name) || /\.(vsix|tsbuildinfo)$/.test(name);

const files = [...filesBelow('')];
const text = (path: string) => readFileSync(join(root, path), 'utf8');

function* filesBelow(folder: string): Iterable<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (isMade(entry.name)) continue;
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

const topLevel = [
  ...['client', 'server', 'core', 'test', 'examples', 'docs', '.ci', '.github', '.vscode'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'esbuild.mjs', 'biome.json'],
  ...['.vscodeignore', '.gitignore', '.gitattributes', '.editorconfig'],
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE'],
];

test('the top level holds what it should, and nothing else', () => {
  const names = readdirSync(root).filter(it => !isMade(it));
  assert.deepEqual(names.sort(), topLevel.sort());
});

/** `server` stands for the files directly in it: the analysis and the host's interface. */
const layers: Readonly<Record<string, readonly string[]>> = {
  core: [],
  'server/text': [],
  'server/syntax': ['server/text'],
  'server/interpreter': ['server/text', 'server/syntax', 'core/size.ts', 'core/size'],
  'server/model': ['server/text', 'core'],
  'server/frameworks': ['server/text', 'server/syntax', 'server/interpreter', 'server/model', 'core'],
  'server/preview': ['server/text', 'core', 'server/model'],
  'server/rules': ['server/text', 'core', 'server/model', 'server/preview'],
  'server/evaluation': [
    'server/text',
    'server/syntax',
    'server/interpreter',
    'server/model',
    'server/frameworks',
    'server',
  ],
  server: [
    ...['server/text', 'server/syntax', 'server/interpreter', 'server/model', 'server/frameworks'],
    ...['server/rules', 'server/evaluation', 'server/preview', 'core'],
  ],
  'server/features': [
    ...[
      'server',
      'server/text',
      'server/syntax',
      'server/interpreter',
      'server/model',
      'server/preview',
      'server/rules',
    ],
    ...['server/evaluation', 'server/frameworks/framework.ts', 'core'],
  ],
  'server/lsp': ['server', 'server/features', 'server/text', 'core'],
  'server/cli': ['server', 'server/features', 'server/text', 'core'],
  'server/node': ['server', 'server/lsp', 'server/cli', 'core', 'dist', 'package.json'],
  'server/browser': ['server', 'server/lsp', 'core', 'dist', 'package.json'],
  client: ['server/lsp/protocol.ts'],
};

/** What only vanishes when it is compiled may also come from here. */
const typeLayers: Readonly<Record<string, readonly string[]>> = { 'server/interpreter': ['server/model'] };

/** What each layer may take of npm and of its host. */
const packages: Readonly<Record<string, RegExp>> = {
  'server/features': /^(ignore|smol-toml)$/,
  'server/lsp': /^vscode-languageserver$/,
  'server/cli': /^sarif$/,
  'server/node': /^(node:.+|vscode-languageserver\/node|webgpu)$/,
  'server/browser': /^vscode-languageserver\/browser$/,
  client: /^(vscode|vscode-languageclient(\/(node|browser))?)$/,
};

interface Import {
  readonly from: string;
  readonly target: string;
  readonly isType: boolean;
}

function* importsOf(from: string): Iterable<Import> {
  const statements = text(from).matchAll(
    /^(?:import|export)\s+(type\s+)?(?:[\w*{][^'";]*?from\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  for (const [, type, named, called] of statements) {
    const target = named ?? called!;
    const isOwn = target.startsWith('.');
    const path = isOwn ? posix.join(posix.dirname(from), target).replace(/\.js$/, '.ts') : target;
    yield { from, target: path, isType: type !== undefined };
  }
}

const sources = files.filter(it => /^(core|server|client)\/.*\.ts$/.test(it));

test('folders import what lies below them', () => {
  assert.deepEqual(
    sources.flatMap(it => [...importsOf(it)].filter(strays)).map(it => `${it.from} imports ${it.target}`),
    [],
  );
});

test('the check of imports sees every kind of import', () => {
  const seen = [...importsOf('server/analyze.ts')].map(it => it.target);
  assert.ok(seen.includes('server/rules/registry.ts') && seen.includes('server/finding.ts'));
  assert.ok([...importsOf('server/node/serve.ts')].some(it => it.target === 'server/lsp/server.ts'));
  const upwards = { from: 'server/rules/rule.ts', target: 'server/interpreter/values.ts', isType: true };
  assert.ok(strays(upwards));
  assert.ok(strays({ from: 'server/interpreter/machine.ts', target: 'server/model/model.ts', isType: false }));
  assert.ok(strays({ from: 'core/fans.ts', target: 'node:fs', isType: false }));
});

function strays({ from, target, isType }: Import): boolean {
  const layer = layerOf(from);
  const isOwn = /^(core|server|client|dist|test)\/|^package\.json$/.test(target);
  if (!isOwn) return !(packages[layer]?.test(target) ?? false);
  const allowed = [layer, ...(layers[layer] ?? []), ...(isType ? (typeLayers[layer] ?? []) : [])];
  return !allowed.some(it => reaches(it, target));
}

function layerOf(path: string): string {
  const [top, folder, ...rest] = path.split('/');
  return top === 'server' && rest.length > 0 ? `server/${folder}` : top!;
}

/** A layer, a folder in one, or a single file. */
function reaches(allowed: string, target: string): boolean {
  if (allowed === target || layerOf(target) === allowed) return true;
  return allowed !== 'server' && allowed !== 'client' && target.startsWith(`${allowed}/`);
}

test('no layer says what another may not know of', () => {
  assert.deepEqual(
    sources.filter(it => layers[layerOf(it)] === undefined),
    [],
  );
});

/** Where Python itself recurs: expressions in expressions, calls in calls, tensors in the memory that others share. */
const recurring = ['server/syntax', 'server/interpreter', 'server/frameworks'];

test('nothing else imports itself by way of others', () => {
  const known = new Set(sources);
  const needs = new Map(
    sources.map(from => [
      from,
      [...importsOf(from)].filter(it => !it.isType && known.has(it.target)).map(it => it.target),
    ]),
  );
  const leadsBack = (from: string): boolean => {
    const seen = new Set<string>();
    const open = [...needs.get(from)!];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === from) return true;
      if (!seen.has(next)) open.push(...needs.get(next)!);
      seen.add(next);
    }
    return false;
  };
  assert.deepEqual(
    sources.filter(it => !recurring.includes(layerOf(it)) && leadsBack(it)),
    [],
  );
});

const mostLines = 400;
const isTable = (path: string) =>
  /\.generated\.ts$|(^|\/)package-lock\.json$|^package\.json$|\/golden\/|^docs\/schemas\//.test(path);
const isCode = (path: string) => /\.(ts|mjs|py|css|json)$/.test(path);

test(`no file is longer than ${mostLines} lines`, () => {
  const long = files.filter(it => isCode(it) && !isTable(it)).map(it => [it, text(it).split('\n').length - 1] as const);
  assert.deepEqual(
    long.filter(([, lines]) => lines > mostLines),
    [],
  );
});

/** Python that the tests read as it stands. */
const isInput = (path: string) =>
  /^test\/(interpreter\/programs\/|syntax\/everything|oracle\/library_prelude)/.test(path);

test('every file opens with a sentence on what it is for', () => {
  const opens = /^(#!.*\n)?(\/\*\*\s+\S|\/\*\s+\S|"""\S|# \S)/;
  const silent = files.filter(it => /\.(ts|mjs|py|css)$/.test(it) && !isInput(it) && !opens.test(text(it)));
  assert.deepEqual(silent, []);
});

/** Put together here, so that this file does not hold them. */
const forbidden = [
  new RegExp(['registry', 'npmjs'].join('\\.')),
  new RegExp(['pypi', 'org'].join('\\.')),
  new RegExp(`(^|[\\s'"\`(=])/${'work'}/`),
  new RegExp(`/tmp/${'w'}/`),
  new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['XX', 'X'].join('')})\\b`),
];

test('nothing names the place where it was made, or a registry', () => {
  const read = files.filter(it => !/\.(png|wasm|gif|jpg)$/.test(it));
  const found = read.flatMap(it =>
    forbidden.filter(pattern => pattern.test(text(it))).map(pattern => `${it}: ${pattern}`),
  );
  assert.deepEqual(found, []);
});

test('the paths that the documents name are there', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];
  const links = documents.flatMap(it => [...text(it).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path!));
  const present = new Set(files);
  const isThere = (path: string) => present.has(path) || files.some(it => it.startsWith(`${path.replace(/\/$/, '')}/`));
  assert.ok(links.length >= 5);
  assert.deepEqual(
    links.map(it => relative(root, join(root, it))).filter(it => !isThere(it)),
    [],
  );
});
