/** Text to bytes and back, in the encodings that sources use; bytes are strings of one char code each. */

/** Undefined when the text has characters that the encoding lacks, or the encoding is not known. */
export function encode(text: string, encoding: string): string | undefined {
  switch (plainName(encoding)) {
    case 'utf8':
      return Array.from(text, it => utf8(it.codePointAt(0)!)).join('');
    case 'ascii':
      return !/\P{ASCII}/u.test(text) ? text : undefined;
    case 'latin1':
      return isLatin(text) ? text : undefined;
    default:
      return undefined;
  }
}

export function decode(bytes: string, encoding: string): string | undefined {
  switch (plainName(encoding)) {
    case 'utf8':
      return decodeUtf8(bytes);
    case 'ascii':
      return !/\P{ASCII}/u.test(bytes) ? bytes : undefined;
    case 'latin1':
      return bytes;
    default:
      return undefined;
  }
}

const isLatin = (text: string): boolean => Array.from(text).every(it => it.codePointAt(0)! < 256);

function plainName(encoding: string): string {
  const name = encoding.toLowerCase().replace(/[-_]/g, '');
  if (name === 'usascii') return 'ascii';
  return name === 'iso88591' || name === 'latin' ? 'latin1' : name;
}

function utf8(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), tail(0));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), tail(6), tail(0));
  return String.fromCharCode(0xf0 | (code >> 18), tail(12), tail(6), tail(0));
}

function decodeUtf8(bytes: string): string | undefined {
  try {
    return decodeURIComponent(Array.from(bytes, percentEncoded).join(''));
  } catch {
    return undefined;
  }
}

const percentEncoded = (byte: string): string => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
