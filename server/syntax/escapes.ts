/** What the content of a string literal stands for. */
import { BYTES, RAW } from './string-tokens.js';

/** The value of a literal's content; `onInvalid` is called where an escape is cut short. */
export function literalContent(content: string, prefix: number, onInvalid: () => void): string {
  const text = content.includes('\r') ? content.replace(/\r\n?/g, '\n') : content;
  if ((prefix & RAW) !== 0) return text;
  return text.includes('\\') ? resolve(text, (prefix & BYTES) !== 0, onInvalid) : text;
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The digits that an escape with a code has. */
const CODE_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function resolve(text: string, isBytes: boolean, onInvalid: () => void): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
    const end = escapeEnd(text, at, isBytes);
    pieces.push(text.slice(from, at), escaped(text.slice(at + 1, end), isBytes, onInvalid));
    from = end;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}

function escapeEnd(text: string, at: number, isBytes: boolean): number {
  const letter = text[at + 1] ?? '';
  if (letter >= '0' && letter <= '7') return at + 1 + octalLength(text, at + 1);
  const length = isBytes && letter !== 'x' ? undefined : CODE_LENGTH[letter];
  if (length !== undefined) return at + 2 + hexadecimalLength(text, at + 2, length);
  return Math.min(at + 2, text.length);
}

function octalLength(text: string, from: number): number {
  let length = 1;
  while (length < 3 && text[from + length]! >= '0' && text[from + length]! <= '7') length++;
  return length;
}

function hexadecimalLength(text: string, from: number, longest: number): number {
  let length = 0;
  while (length < longest && /[0-9a-fA-F]/.test(text[from + length] ?? '')) length++;
  return length;
}

/** What an escape stands for, given without its backslash. A `\N{…}` stays as it is: no table of names is at hand. */
function escaped(source: string, isBytes: boolean, onInvalid: () => void): string {
  const letter = source[0] ?? '';
  if (letter >= '0' && letter <= '7') return String.fromCharCode(Number.parseInt(source, 8) & (isBytes ? 0xff : 0x1ff));
  const simple = SIMPLE[letter];
  if (simple !== undefined) return simple;
  const length = isBytes && letter !== 'x' ? undefined : CODE_LENGTH[letter];
  if (length === undefined) return `\\${source}`;
  const code = Number.parseInt(source.slice(1), 16);
  if (source.length === length + 1 && code <= 0x10ffff) return String.fromCodePoint(code);
  onInvalid();
  return `\\${source}`;
}
