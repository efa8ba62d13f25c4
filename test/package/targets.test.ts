/** Packages: one for every platform without native code, and for each platform one with the Dawn that runs there. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type TemporaryFolder, temporaryFolder } from '../temporary.js';
import { layOut, targets, withDawn } from '../tools/dawn.mjs';
import { pack } from '../tools/pack.mjs';
import { zipEntries } from './zip.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the first bytes of a library say: for which system and which processors it was built. */
const kinds: Readonly<Record<string, string>> = {
  'linux-x64': 'ELF 62',
  'linux-arm64': 'ELF 183',
  'darwin-x64': 'Mach-O 16777223, 16777228',
  'darwin-arm64': 'Mach-O 16777223, 16777228',
  'win32-x64': 'PE 34404',
  'win32-arm64': 'PE 43620',
};

let folder: TemporaryFolder;
let dawn: string | undefined;

before(() => {
  folder = temporaryFolder();
  try {
    dawn = withDawn(found => {
      const kept = join(folder.path, 'dawn');
      cpSync(found, kept, { recursive: true });
      return kept;
    });
  } catch {
    dawn = undefined;
  }
});

after(() => folder.remove());

test('the targets are those of the platforms that are known', () => {
  assert.deepEqual([...targets].sort(), Object.keys(kinds).sort());
});

for (const target of targets) {
  test(`Dawn for ${target} is a library of that platform`, t => {
    if (dawn === undefined) return t.skip('the package webgpu cannot be fetched');
    const own = join(folder.path, target);
    layOut(dawn, target, own);
    const platform = target.replace(/^darwin-.*/, 'darwin-universal');
    assert.equal(kindOf(readFileSync(join(own, 'dist', platform, 'dawn.node'))), kinds[target]);
  });
}

test('a package for one platform says so and brings its Dawn alone', async t => {
  if (dawn === undefined) return t.skip('the package webgpu cannot be fetched');
  const tree = copyOfTree('windows');
  layOut(dawn, 'win32-x64', join(tree, 'dist/webgpu'));
  const entries = await packed(tree, { target: 'win32-x64' });
  const manifest = entries
    .find(it => it.name === 'extension.vsixmanifest')!
    .contents()
    .toString();
  assert.match(manifest, /TargetPlatform="win32-x64"/);
  const libraries = entries.filter(it => it.name.endsWith('.node'));
  assert.deepEqual(
    libraries.map(it => it.name),
    ['extension/dist/webgpu/dist/win32-x64/dawn.node'],
  );
  assert.equal(kindOf(libraries[0]!.contents()), kinds['win32-x64']);
  assert.ok(entries.some(it => it.name === 'extension/dist/webgpu/dist/win32-x64/dxcompiler.dll'));
});

test('the package for every platform has no native code and names no platform', async () => {
  const entries = await packed(copyOfTree('universal'), {});
  assert.doesNotMatch(
    entries
      .find(it => it.name === 'extension.vsixmanifest')!
      .contents()
      .toString(),
    /TargetPlatform/,
  );
  const native = entries.filter(it => nativeKind(it.contents()) !== 'none');
  assert.deepEqual(
    native.map(it => it.name),
    [],
  );
  for (const needed of ['dist/extension.cjs', 'dist/web/extension.cjs', 'dist/program.js', 'dist/kernel/fused.wasm']) {
    assert.ok(
      entries.some(it => it.name === `extension/${needed}`),
      needed,
    );
  }
});

async function packed(cwd: string, options: { readonly target?: string }) {
  const packagePath = join(cwd, 'initlens.vsix');
  await pack(packagePath, { cwd, ...options });
  return zipEntries(packagePath);
}

/** So that nothing is laid into the folder that other tests run from. */
function copyOfTree(name: string): string {
  const tree = join(folder.path, name);
  mkdirSync(tree);
  for (const part of [
    'package.json',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    '.vscodeignore',
    'docs',
    'examples',
    'dist',
  ]) {
    cpSync(join(root, part), join(tree, part), {
      recursive: true,
      filter: it => !/\.map$|bytecode$|[\\/]dist[\\/]webgpu/.test(it),
    });
  }
  return tree;
}

function kindOf(bytes: Buffer): string {
  const kind = nativeKind(bytes);
  assert.notEqual(kind, 'none', 'no library');
  return kind;
}

/** Numbers of processors as the formats have them. */
function nativeKind(bytes: Buffer): string {
  if (bytes.length < 64) return 'none';
  if (bytes.readUInt32BE(0) === 0x7f454c46) return `ELF ${bytes.readUInt16LE(18)}`;
  if (bytes.readUInt32BE(0) === 0xcafebabe) {
    const count = bytes.readUInt32BE(4);
    return `Mach-O ${Array.from({ length: count }, (_, i) => bytes.readUInt32BE(8 + 20 * i)).join(', ')}`;
  }
  if (bytes.toString('latin1', 0, 2) !== 'MZ') return 'none';
  return `PE ${bytes.readUInt16LE(bytes.readUInt32LE(60) + 4)}`;
}
