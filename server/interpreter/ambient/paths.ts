/** `os`, `os.path` and `pathlib`, as far as they are about names; what is on the disk is not asked. */
import { type Entry, lenient, strict } from '../builtins/define.js';
import { attributeOf, type ModuleTable, method, setAttributes, unknownValue } from '../library/define.js';
import type { Machine } from '../machine.js';
import { nativeClass } from '../native.js';
import { Dict, Instance, Tuple, type Value } from '../values.js';

const outside = 'it depends on the machine that the program runs on';

const text = (m: Machine, value: Value | undefined): string =>
  (value === undefined ? undefined : m.toText(value)) ?? '';

export function joinPaths(parts: readonly string[]): string {
  return parts.reduce(
    (path, part) => (part.startsWith('/') || path === '' ? part : `${path.replace(/\/$/, '')}/${part}`),
    '',
  );
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '');
const suffixAt = (name: string) => (name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length);

const onText = (name: string, change: (path: string) => Value): Entry =>
  strict(name, 'path', (m, path) => change(text(m, path)));

export const osPath: ModuleTable = () => [
  ['sep', '/'],
  strict('join', 'path, *paths', (m, path, rest) =>
    joinPaths([path!, ...(rest as Tuple).items].map(it => text(m, it))),
  ),
  onText('basename', nameOf),
  onText('dirname', folderOf),
  onText('normpath', path => path),
  onText('abspath', path => path),
  onText('realpath', path => path),
  onText('expanduser', path => path),
  onText('expandvars', path => path),
  onText('isabs', path => path.startsWith('/')),
  onText('split', path => new Tuple([folderOf(path), nameOf(path)])),
  onText('splitext', path => {
    const at = path.length - nameOf(path).length + suffixAt(nameOf(path));
    return new Tuple([path.slice(0, at), path.slice(at)]);
  }),
  ...'exists isfile isdir getsize getmtime islink commonprefix relpath'
    .split(' ')
    .map((name): Entry => lenient(name, '*args', m => m.unknown(outside))),
];

export const os: ModuleTable = m => [
  ['environ', environment(m)],
  ['path', m.importModule('os.path')],
  ['sep', '/'],
  ['linesep', '\n'],
  ['name', 'posix'],
  ['curdir', '.'],
  lenient('getenv', 'key, default=None', (_, __, fallback) => fallback!),
  lenient('fspath', 'path', (_, path) => path!),
  ...'makedirs mkdir remove rename rmdir unlink chdir putenv system _exit kill'
    .split(' ')
    .map((name): Entry => lenient(name, '*args, **kwargs', () => null)),
  ['PathLike', nativeClass('PathLike', 'os', [m.builtins.objectClass], [])],
  ...'getcwd listdir cpu_count getpid walk scandir stat popen urandom getlogin sched_getaffinity uname'
    .split(' ')
    .map((name): Entry => lenient(name, '*args, **kwargs', machine => machine.unknown(outside))),
];

/** Nothing is set: what the program falls back to is what is seen. */
function environment(m: Machine): Instance {
  const cls = nativeClass(
    '_Environ',
    'os',
    [m.builtins.dictClass],
    [method('__getitem__', 'self, key', machine => machine.unknown(outside))],
  );
  const instance = new Instance(cls);
  instance.payload = new Dict();
  return instance;
}

export const pathlib: ModuleTable = m => {
  const path = nativeClass('Path', 'pathlib', [m.builtins.objectClass], pathMembers);
  return ['Path', 'PurePath', 'PosixPath', 'PurePosixPath'].map((name): Entry => [name, path]);
};

function pathOf(m: Machine, like: Value, value: string): Instance {
  const instance = new Instance(m.classOf(like));
  setAttributes(m, instance, [['_path', value]]);
  return instance;
}

const own = (self: Value | undefined): string => String(attributeOf(self!, '_path') ?? '');

const pathMembers: readonly Entry[] = [
  method('__init__', 'self, *parts', (m, self, parts) => {
    setAttributes(m, self!, [['_path', joinPaths((parts as Tuple).items.map(it => text(m, it)))]]);
    return null;
  }),
  method('__truediv__', 'self, other', (m, self, other) => pathOf(m, self!, joinPaths([own(self), text(m, other)]))),
  method('joinpath', 'self, *others', (m, self, others) =>
    pathOf(m, self!, joinPaths([own(self), ...(others as Tuple).items.map(it => text(m, it))])),
  ),
  method('__str__', 'self', (_, self) => own(self)),
  method('__fspath__', 'self', (_, self) => own(self)),
  method('as_posix', 'self', (_, self) => own(self)),
  ...['resolve', 'absolute', 'expanduser'].map(name => method(name, 'self, **kwargs', (_, self) => self!)),
  method('with_suffix', 'self, suffix', (m, self, suffix) => {
    const name = nameOf(own(self));
    return pathOf(m, self!, own(self).slice(0, own(self).length - name.length + suffixAt(name)) + text(m, suffix));
  }),
  method('__getattr__', 'self, name', (m, self, name) => pathAttribute(m, self!, String(name))),
];

function pathAttribute(m: Machine, self: Value, attribute: string): Value {
  const path = own(self);
  const name = nameOf(path);
  switch (attribute) {
    case 'name':
      return name;
    case 'stem':
      return name.slice(0, suffixAt(name));
    case 'suffix':
      return name.slice(suffixAt(name));
    case 'parent':
      return pathOf(m, self, folderOf(path) || '.');
    case 'parts':
      return new Tuple(path.split('/').filter(it => it !== ''));
    default:
      return unknownValue(outside);
  }
}
