/** What lies in the folders of the code itself: packages that import all of their modules go by it. */
import type { Machine } from '../machine.js';
import { Instance, Iterator, List, Tuple, type Value } from '../values.js';
import { classOf, type Entry, method } from './define.js';
import { makeNamedTuple } from './namedtuple.js';

export type FolderEntries = ReadonlyMap<string, 'file' | 'folder'>;

/** Names in order; undefined where the folder is not looked at. Of networks asked for by name alone: nothing else is so sure. */
export function entriesOf(m: Machine, path: string): FolderEntries | undefined {
  if (!m.options.strict || !path.startsWith('/')) return undefined;
  const entries = m.finder.list?.(path.replace(/(?<=.)\/+$/, ''));
  return entries && new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether there is a file, a folder or either; undefined where the folder that it would be in is not looked at. */
export function isThere(m: Machine, path: string, kind?: 'file' | 'folder'): boolean | undefined {
  const slash = path.lastIndexOf('/');
  const found = entriesOf(m, path.slice(0, slash))?.get(path.slice(slash + 1));
  if (found === undefined) return entriesOf(m, path.slice(0, slash)) === undefined ? undefined : false;
  return kind === undefined || found === kind;
}

const UNSEEN = 'the system is not looked at';

export function folderNames(m: Machine): Entry[] {
  const scans = classOf(m, 'posix', 'ScandirIterator', [
    method('__iter__', 'self, /', (_, self) => new Iterator(((self as Instance).payload as List).items.values())),
    method('__enter__', 'self, /', (_, self) => self!),
    method('__exit__', 'self, *args', () => null),
    method('close', 'self, /', () => null),
  ]);
  const entry = classOf(m, 'posix', 'DirEntry', [
    method(
      'is_file',
      'self, *, follow_symlinks=True',
      (_, self) => (self as Instance).attributes.get('_kind') === 'file',
    ),
    method(
      'is_dir',
      'self, *, follow_symlinks=True',
      (_, self) => (self as Instance).attributes.get('_kind') === 'folder',
    ),
    method('is_symlink', 'self', () => false),
    method('__fspath__', 'self', (_, self) => (self as Instance).attributes.get('path')!),
  ]);
  return [
    method('listdir', "path='.'", (machine, path) => {
      const entries = entriesOf(machine, machine.toText(path!) ?? '');
      return entries === undefined ? machine.unknown(UNSEEN) : new List([...entries.keys()]);
    }),
    method('scandir', "path='.'", (machine, path) => {
      const folder = machine.toText(path!) ?? '';
      const entries = entriesOf(machine, folder);
      if (entries === undefined) return machine.unknown(UNSEEN);
      const scan = new Instance(scans);
      scan.payload = new List(
        [...entries].map(([name, kind]) => {
          const found = new Instance(entry);
          found.attributes
            .set('name', name)
            .set('path', `${folder.replace(/\/$/, '')}/${name}`)
            .set('_kind', kind);
          return found;
        }),
      );
      return scan;
    }),
    method('walk', 'top, topdown=True, onerror=None, followlinks=False', (machine, top, topdown) => {
      const folder = machine.toText(top!) ?? '';
      const isKnown = topdown === true && entriesOf(machine, folder) !== undefined;
      return isKnown ? new List([...walked(machine, folder)]) : machine.unknown(UNSEEN);
    }),
  ];
}

function walked(m: Machine, folder: string): readonly Value[] {
  const entries = [...(entriesOf(m, folder) ?? [])];
  const folders = entries.filter(([, kind]) => kind === 'folder').map(([name]) => name);
  const files = entries.filter(([, kind]) => kind === 'file').map(([name]) => name);
  m.step(entries.length);
  return [
    new Tuple([folder, new List(folders), new List(files)]),
    ...folders.flatMap(name => walked(m, `${folder}/${name}`)),
  ];
}

/** `glob.glob`, with magic in the last part alone. */
export function globNames(): Entry[] {
  return ['glob', 'iglob'].map(name =>
    method(name, 'pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False', (m, pattern) => {
      const text = m.toText(pattern!) ?? '';
      const slash = text.lastIndexOf('/');
      const [folder, last] = [text.slice(0, slash), text.slice(slash + 1)];
      const entries = /[*?[]/.test(folder) ? undefined : entriesOf(m, folder);
      if (entries === undefined) return m.unknown('the file system is not looked at');
      const found = [...entries.keys()].filter(it => matches(last, it));
      return new List(found.map(it => `${folder}/${it}`));
    }),
  );
}

/** As `fnmatch` has it, without sets of characters; hidden files are matched by name alone. */
export function matches(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false;
  const escaped = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`, 's').test(name);
}

export function pkgutilNames(m: Machine): Entry[] {
  const info = makeNamedTuple(m, 'ModuleInfo', ['module_finder', 'name', 'ispkg'], new Map(), 'pkgutil');
  const list = (machine: Machine, path: Value, prefix: Value, isDeep: boolean): Value => {
    const folders = machine.listOf(path);
    if (folders === undefined || typeof prefix !== 'string')
      return machine.unknown('which modules there are is not known');
    const found = folders.map(it => modulesIn(machine, machine.toText(it) ?? '', prefix, isDeep));
    if (found.includes(undefined)) return machine.unknown('which modules there are is not known');
    return new List(found.flatMap(it => it!).map(([name, isPackage]) => machine.call(info, [null, name, isPackage])));
  };
  return [
    ['ModuleInfo', info],
    method('iter_modules', "path=None, prefix=''", (machine, path, prefix) => list(machine, path!, prefix!, false)),
    method('walk_packages', "path=None, prefix='', onerror=None", (machine, path, prefix) =>
      list(machine, path!, prefix!, true),
    ),
  ];
}

type Found = readonly [name: string, isPackage: boolean];

function modulesIn(m: Machine, folder: string, prefix: string, isDeep: boolean): readonly Found[] | undefined {
  const entries = entriesOf(m, folder);
  return (
    entries && [...entries].flatMap(([name, kind]) => modulesNamed(m, `${folder}/${name}`, name, kind, prefix, isDeep))
  );
}

function modulesNamed(
  m: Machine,
  path: string,
  name: string,
  kind: 'file' | 'folder',
  prefix: string,
  isDeep: boolean,
): readonly Found[] {
  if (kind === 'file') {
    const isModule = name.endsWith('.py') && name !== '__init__.py' && !name.slice(0, -3).includes('.');
    return isModule ? [[prefix + name.slice(0, -3), false]] : [];
  }
  if (name.includes('.') || entriesOf(m, path)?.has('__init__.py') !== true) return [];
  return [[prefix + name, true], ...(isDeep ? (modulesIn(m, path, `${prefix}${name}.`, true) ?? []) : [])];
}
