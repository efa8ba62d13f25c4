/** `os` and `os.path`: paths are computed; of the file system no more is looked at than folders of code. */
import { payloadOf, strict, type Table } from '../builtins/define.js';
import type { Machine } from '../machine.js';
import { Dict, Instance, Tuple, type Value } from '../values.js';
import { classOf, type Entry, method, silentFunctions, unknownNames } from './define.js';
import { folderNames, isThere } from './folders.js';

export function osNames(m: Machine, module: (name: string) => Value): Entry[] {
  return [
    ['path', module('os.path')],
    ['name', 'posix'],
    ['sep', '/'],
    ['linesep', '\n'],
    ['pathsep', ':'],
    ['curdir', '.'],
    ['environ', environment(m)],
    method('getenv', 'key, default=None', (machine, key, fallback) =>
      machine.callMethod(machine.getAttribute(machine.importModule('os'), 'environ'), 'get', [key!, fallback!]),
    ),
    method('fspath', 'path', (machine, path) => machine.toText(path!) ?? machine.unknown('the path is not known')),
    ['PathLike', classOf(m, 'os', 'PathLike', [])],
    ['error', m.builtins.exception('OSError')],
    ...folderNames(m),
    ...silentFunctions(
      'makedirs mkdir remove unlink rmdir removedirs rename replace chdir chmod putenv umask utime symlink',
    ),
    ...unknownNames(
      'the system is not looked at',
      'cpu_count getcwd getpid stat urandom sched_getaffinity uname getlogin popen system access',
    ),
  ];
}

const UNSEEN = 'the file system is not looked at';

export const pathNames: Table = [
  ['sep', '/'],
  strict('join', 'a, *p', (m, first, rest) =>
    [first!, ...(rest as Tuple).items].map(it => textOf(m, it)).reduce(joined),
  ),
  strict('basename', 'p', (m, path) => textOf(m, path!).replace(/^.*\//, '')),
  strict('dirname', 'p', (m, path) => directoryOf(textOf(m, path!))),
  strict('split', 'p', (m, path) => {
    const text = textOf(m, path!);
    return new Tuple([directoryOf(text), text.replace(/^.*\//, '')]);
  }),
  strict('splitext', 'p', (m, path) => {
    const [, root = '', extension = ''] = /^((?:.*\/)?\.*[^/]*?)(\.[^./]*)?$/s.exec(textOf(m, path!)) ?? [];
    return new Tuple([root, extension]);
  }),
  strict('isabs', 's', (m, path) => textOf(m, path!).startsWith('/')),
  strict('normpath', 'path', (m, path) => normalized(textOf(m, path!))),
  strict('normcase', 's', (m, path) => textOf(m, path!)),
  ...['abspath', 'realpath'].map(name =>
    strict(name, 'path', (m, path) => {
      const text = textOf(m, path!);
      return text.startsWith('/') ? normalized(text) : m.unknown('the working directory is not known');
    }),
  ),
  strict('expanduser', 'path', (m, path) => {
    const text = textOf(m, path!);
    return text.startsWith('~') ? m.unknown('the home directory is not known') : text;
  }),
  strict('expandvars', 'path', (m, path) => {
    const text = textOf(m, path!);
    return text.includes('$') ? m.unknown('the environment is not known') : text;
  }),
  ...([['exists'], ['lexists'], ['isfile', 'file'], ['isdir', 'folder']] as const).map(([name, kind]) =>
    strict(name, 'path', (m, path) => isThere(m, textOf(m, path!), kind) ?? m.unknown(UNSEEN)),
  ),
  strict('relpath', 'path, start=None', (m, path, start) => {
    const [to, from] = [textOf(m, path!), start === null ? '' : textOf(m, start!)];
    return to.startsWith('/') && from.startsWith('/') ? relative(normalized(to), normalized(from)) : m.unknown(UNSEEN);
  }),
  ...unknownNames(UNSEEN, 'islink getsize getmtime samefile commonpath'),
];

/** Variables that the code itself sets are known; of the others only what the code falls back to. */
function environment(m: Machine): Instance {
  const cls = classOf(
    m,
    'os',
    '_Environ',
    [
      method('__getitem__', 'self, key, /', (machine, self, key) => {
        const found = (payloadOf(self!) as Dict).entries.get(key!);
        return found === undefined ? machine.unknown(`the environment variable \`${key}\` is not known`) : found[1];
      }),
    ],
    [m.builtins.dictClass],
  );
  const instance = new Instance(cls);
  instance.payload = new Dict();
  return instance;
}

function textOf(m: Machine, path: Value): string {
  const plain = payloadOf(path);
  if (typeof plain === 'string') return plain;
  const text = plain instanceof Instance ? m.toText(plain) : undefined;
  return text ?? m.raise('TypeError', `expected str, bytes or os.PathLike object, not ${m.classOf(path).name}`);
}

function joined(a: string, b: string): string {
  if (b.startsWith('/') || a === '') return b;
  return a.endsWith('/') ? a + b : `${a}/${b}`;
}

function directoryOf(path: string): string {
  const head = path.slice(0, path.lastIndexOf('/') + 1);
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, '');
}

/** `to` as seen from `from`, both without `..`. */
function relative(to: string, from: string): string {
  const [ends, starts] = [to, from].map(it => it.split('/').filter(part => part !== ''));
  let shared = 0;
  while (shared < starts!.length && ends![shared] === starts![shared]) shared++;
  return [...starts!.slice(shared).map(() => '..'), ...ends!.slice(shared)].join('/') || '.';
}

function normalized(path: string): string {
  const root = path.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || root === '') parts.push(part);
  }
  return root + parts.join('/') || '.';
}
