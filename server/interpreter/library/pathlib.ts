/** `pathlib`: paths as text; of the file system no more is looked at than folders of code. */
import { getter } from '../builtins/construct.js';
import type { Machine } from '../machine.js';
import { Instance, List, Tuple, Unknown, type Value } from '../values.js';
import { classOf, type Entry, method, silentFunctions } from './define.js';
import { entriesOf, isThere, matches } from './folders.js';

const UNKNOWN_QUESTIONS =
  'read_text read_bytes open stat rglob absolute resolve expanduser samefile write_text write_bytes';

export function pathlibNames(m: Machine): Entry[] {
  const cls = classOf(m, 'pathlib', 'PurePath', pathMethods);
  const path = classOf(
    m,
    'pathlib',
    'Path',
    [
      ...UNKNOWN_QUESTIONS.split(' ').map(name =>
        method(name, 'self, *args, **kwargs', it => it.unknown('the file system is not looked at')),
      ),
      ...folderMethods,
      ...silentFunctions('mkdir unlink rmdir touch rename replace chmod'),
    ],
    [cls],
  );
  return [
    ['PurePath', cls],
    ['PurePosixPath', cls],
    ['Path', path],
    ['PosixPath', path],
  ];
}

const UNSEEN = 'the file system is not looked at';

const folderMethods: readonly Entry[] = [
  ...([['exists'], ['is_file', 'file'], ['is_dir', 'folder']] as const).map(([name, kind]) =>
    method(name, 'self', (m, self) => {
      const text = textOf(self!);
      return (typeof text === 'string' ? isThere(m, text, kind) : undefined) ?? m.unknown(UNSEEN);
    }),
  ),
  method('iterdir', 'self', (m, self) => within(m, self!, '*')),
  method('glob', 'self, pattern', (m, self, pattern) => within(m, self!, pattern!)),
];

/** Paths in the folder, with magic in the last part alone. */
function within(m: Machine, self: Value, pattern: Value): Value {
  const text = textOf(self);
  const isOfOnePart = typeof pattern === 'string' && !pattern.includes('/') && !pattern.includes('[');
  const entries = typeof text === 'string' && isOfOnePart ? entriesOf(m, text) : undefined;
  if (entries === undefined) return m.unknown(UNSEEN);
  const names = [...entries.keys()].filter(it => pattern === '*' || matches(String(pattern), it));
  return new List(names.map(it => m.call(m.classOf(self), [self, it])));
}

const pathMethods: readonly Entry[] = [
  method('__init__', 'self, *segments', (m, self, segments) => {
    const parts = (segments as Tuple).items.map(it => m.toText(it));
    const text = parts.includes(undefined) ? m.unknown('the path is not known') : pathOf(parts as string[]);
    (self as Instance).attributes.set('_text', text);
    return null;
  }),
  method('__str__', 'self, /', (_, self) => textOf(self!)),
  method('__fspath__', 'self, /', (_, self) => textOf(self!)),
  method('as_posix', 'self, /', (_, self) => textOf(self!)),
  method('__repr__', 'self, /', (m, self) => `PosixPath(${m.repr(textOf(self!)) ?? '?'})`),
  method('__truediv__', 'self, other, /', (m, self, other) => m.call(m.classOf(self!), [self!, other!])),
  method('__rtruediv__', 'self, other, /', (m, self, other) => m.call(m.classOf(self!), [other!, self!])),
  method('joinpath', 'self, *others', (m, self, others) =>
    m.call(m.classOf(self!), [self!, ...(others as Tuple).items]),
  ),
  method('__eq__', 'self, other, /', (m, self, other) => {
    if (!(other instanceof Instance) || !other.attributes.has('_text')) return m.builtins.notImplemented;
    return m.equal(textOf(self!), textOf(other)) ?? m.unknown('the path is not known');
  }),
  part('name', text => text.replace(/^.*\//, '')),
  part('stem', text => text.replace(/^.*\//, '').replace(/(?<=.)\.[^.]*$/, '')),
  part('suffix', text => /(?<=[^/])\.[^./]+$/.exec(text)?.[0] ?? ''),
  getter(
    method('parent', 'self, /', (m, self) => {
      const text = textOf(self!);
      if (typeof text !== 'string') return text;
      return m.call(m.classOf(self!), [text.includes('/') ? text.replace(/\/[^/]*$/, '') || '/' : '.']);
    }),
  ),
  getter(
    method('parts', 'self, /', (_, self) => {
      const text = textOf(self!);
      if (typeof text !== 'string') return text;
      return new Tuple([...(text.startsWith('/') ? ['/'] : []), ...text.split('/').filter(it => it !== '')]);
    }),
  ),
  method('with_suffix', 'self, suffix', (m, self, suffix) =>
    renamed(m, self!, text => text.replace(/(?<=[^/])\.[^./]*$/, '') + String(suffix)),
  ),
  method('with_name', 'self, name', (m, self, name) => renamed(m, self!, text => text.replace(/[^/]*$/, String(name)))),
];

/** A method may be taken from the class and be called with anything. */
function textOf(self: Value): Value {
  if (self instanceof Instance) return self.attributes.get('_text') ?? '.';
  return typeof self === 'string' ? self : new Unknown('it is no path', undefined);
}

function part(name: string, read: (text: string) => string): Entry {
  return getter(
    method(name, 'self, /', (_, self) => {
      const text = textOf(self!);
      return typeof text === 'string' ? read(text) : text;
    }),
  );
}

function renamed(m: Machine, self: Value, rename: (text: string) => string): Value {
  const text = textOf(self);
  return typeof text === 'string' ? m.call(m.classOf(self), [rename(text)]) : text;
}

/** The last absolute segment starts anew. */
function pathOf(segments: readonly string[]): string {
  const text = segments.reduce((path, it) => (it.startsWith('/') || path === '' ? it : `${path}/${it}`), '');
  const root = text.startsWith('/') ? '/' : '';
  const parts = text.split('/').filter(it => it !== '' && it !== '.');
  return root + parts.join('/') || '.';
}
