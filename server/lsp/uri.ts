/** URIs and paths. Documents that are no files have their URI for a path. */

const filePrefix = 'file://';

function isFileUri(uri: string): boolean {
  return uri.startsWith(filePrefix);
}

export function schemeOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.indexOf(':')));
}

/** `file:///c%3A/x.py` is `c:/x.py`, `file://server/share` is `//server/share`. */
export function pathOf(uri: string): string {
  if (!isFileUri(uri)) return uri;
  const path = decode(uri.slice(filePrefix.length).replace(/[?#].*$/, ''));
  if (/^\/[A-Za-z]:/.test(path)) return path.slice(1);
  return path.startsWith('/') ? path : `//${path}`;
}

/** The inverse, with the escapes that VS Code writes. */
export function uriOf(path: string): string {
  const isUri = /^[A-Za-z][\w+.-]+:/.test(path);
  if (isUri) return path;
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (encoded.startsWith('//')) return `file:${encoded}`;
  return encoded.startsWith('/') ? filePrefix + encoded : `${filePrefix}/${encoded}`;
}

/** A stray `%` stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
