/** From a Python file's bytes to its text, by the rules of PEP 263. */
import { invalidUtf8At } from './utf8.js';

export type EncodingName = 'utf-8' | 'latin-1' | 'ascii' | 'cp1252';

export interface DecodedText {
  /** With its byte order mark, so that offsets and what is written back agree with the file. */
  readonly text: string;
  readonly encoding: EncodingName;
}

export interface DecodingError {
  /** For people: what is wrong, and at which byte. */
  readonly error: string;
}

/** `decodeUtf8` is the host's; it answers undefined for bytes that are not UTF-8. */
export function decode(
  bytes: Uint8Array,
  decodeUtf8: (bytes: Uint8Array) => string | undefined,
): DecodedText | DecodingError {
  const zero = bytes.indexOf(0);
  if (zero >= 0) return { error: `a null byte at byte ${zero}` };
  const declared = declaredName(bytes);
  const encoding = declared === undefined ? 'utf-8' : encodingNamed(declared);
  if (encoding === undefined) return { error: `unknown encoding: ${declared}` };
  if (encoding !== 'utf-8' && hasMark(bytes))
    return { error: `a UTF-8 byte order mark, but the encoding is ${declared}` };
  return encoding === 'utf-8' ? decodeAsUtf8(bytes, decodeUtf8) : decodeSingleBytes(bytes, encoding);
}

function decodeAsUtf8(
  bytes: Uint8Array,
  decodeUtf8: (bytes: Uint8Array) => string | undefined,
): DecodedText | DecodingError {
  const text = decodeUtf8(bytes);
  if (text !== undefined) return { text, encoding: 'utf-8' };
  return { error: `not UTF-8 at byte ${invalidUtf8At(bytes)}` };
}

// ── the declaration ─────────────────────────────────────────────────────────────────────────────────────────────────

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#.*)?$/;

/** The name in a comment on the first line, or on the second when the first has no code. */
function declaredName(bytes: Uint8Array): string | undefined {
  const [first, second] = firstLines(bytes);
  const inFirst = COOKIE.exec(first)?.[1];
  if (inFirst !== undefined || !BLANK_OR_COMMENT.test(first)) return inFirst;
  return COOKIE.exec(second)?.[1];
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The first two lines, byte for character: a declaration is ASCII in every encoding that Python takes. */
function firstLines(bytes: Uint8Array): [string, string] {
  const start = hasMark(bytes) ? 3 : 0;
  const firstEnd = lineEnd(bytes, start);
  const isPair = bytes[firstEnd] === CARRIAGE_RETURN && bytes[firstEnd + 1] === LINE_FEED;
  const secondStart = firstEnd + (isPair ? 2 : 1);
  return [characters(bytes, start, firstEnd), characters(bytes, secondStart, lineEnd(bytes, secondStart))];
}

function lineEnd(bytes: Uint8Array, start: number): number {
  let end = start;
  while (end < bytes.length && bytes[end] !== LINE_FEED && bytes[end] !== CARRIAGE_RETURN) end++;
  return end;
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Python's aliases of the encodings that occur in the wild. */
const ALIASES: Readonly<Record<EncodingName, readonly string[]>> = {
  'utf-8': ['utf-8', 'utf8', 'u8', 'utf', 'utf-8-sig', 'cp65001'],
  'latin-1': ['latin-1', 'latin1', 'latin', 'l1', 'iso-8859-1', 'iso8859-1', '8859', 'cp819', 'iso-latin-1'],
  ascii: ['ascii', 'us-ascii', '646', 'us', 'iso646-us'],
  cp1252: ['cp1252', 'windows-1252', '1252'],
};

function encodingNamed(name: string): EncodingName | undefined {
  const normal = name.toLowerCase().replaceAll('_', '-');
  for (const encoding of ['utf-8', 'latin-1', 'ascii', 'cp1252'] as const) {
    if (ALIASES[encoding].includes(normal)) return encoding;
  }
  // Python looks no further than these beginnings: editors write `utf-8-unix`.
  if (normal.startsWith('utf-8-')) return 'utf-8';
  return /^(latin-1|iso-8859-1|iso-latin-1)-/.test(normal) ? 'latin-1' : undefined;
}

// ── one byte a character ────────────────────────────────────────────────────────────────────────────────────────────

function decodeSingleBytes(bytes: Uint8Array, encoding: EncodingName): DecodedText | DecodingError {
  if (encoding === 'latin-1') return { text: characters(bytes, 0, bytes.length), encoding };
  const invalid = bytes.findIndex(byte => codeOf(byte, encoding) < 0);
  if (invalid >= 0) return { error: `not ${encoding} at byte ${invalid}` };
  const codes = Uint16Array.from(bytes, byte => codeOf(byte, encoding));
  return { text: characters(codes, 0, codes.length), encoding };
}

/** Bytes 0x80 to 0x9F of Windows-1252, after the Unicode Consortium's CP1252.TXT; -1 where nothing is assigned. */
const CP1252 = [
  0x20ac, -1, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, -1, 0x017d, -1,
  -1, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, -1, 0x017e,
  0x0178,
];

/** The character of a byte, -1 when the encoding has none. */
function codeOf(byte: number, encoding: EncodingName): number {
  if (byte < 0x80) return byte;
  if (encoding === 'ascii') return -1;
  return byte < 0xa0 ? CP1252[byte - 0x80]! : byte;
}

const CHUNK = 8192;

/** In pieces, since a call takes only so many arguments. */
function characters(codes: Uint8Array | Uint16Array, start: number, end: number): string {
  const pieces: string[] = [];
  for (let offset = start; offset < end; offset += CHUNK) {
    pieces.push(String.fromCharCode(...codes.subarray(offset, Math.min(offset + CHUNK, end))));
  }
  return pieces.join('');
}
