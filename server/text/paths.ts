/** Paths as text: absolute, written with `/`, also `C:/…`; nothing here asks the disk. */

export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}

/** `path` as seen from `folder`. */
export function resolvePath(folder: string, path: string): string {
  return normalizePath(isAbsolute(path) ? path : `${folder}/${path}`);
}

/** Without `.`, `..`, doubled and trailing slashes. */
function normalizePath(path: string): string {
  const kept: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..') kept.pop();
    else kept.push(name);
  }
  const body = kept.join('/');
  return path.startsWith('/') ? `/${body}` : body;
}

export function joinPath(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** The folder that holds it; the root holds itself. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether `path` is `folder` or lies below it. */
export function isInside(folder: string, path: string): boolean {
  if (path === folder) return true;
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** How a person in `folder` writes `path`: with `..` where it must be, absolute where nothing is shared. */
export function relativePath(folder: string, path: string): string {
  const from = folder.split('/').filter(Boolean);
  const to = path.split('/').filter(Boolean);
  const shared = sharedLength(from, to);
  if (shared === 0 && from.length > 0) return path;
  const up = from.slice(shared).map(() => '..');
  return [...up, ...to.slice(shared)].join('/') || '.';
}

/** The folder and all above it, nearest first. */
export function* foldersAbove(folder: string): Iterable<string> {
  let at = folder;
  yield at;
  while (folderOf(at) !== at) {
    at = folderOf(at);
    yield at;
  }
}

function sharedLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
