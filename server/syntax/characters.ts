/** Character codes and the classes of characters that Python's tokens are made of. */

export enum Char {
  Null = 0,
  Tab = 9,
  LineFeed = 10,
  FormFeed = 12,
  CarriageReturn = 13,
  Space = 32,
  DoubleQuote = 34,
  Hash = 35,
  SingleQuote = 39,
  LeftParen = 40,
  RightParen = 41,
  Plus = 43,
  Comma = 44,
  Minus = 45,
  Dot = 46,
  Zero = 48,
  Seven = 55,
  Nine = 57,
  Colon = 58,
  Equal = 61,
  Greater = 62,
  At = 64,
  LeftBracket = 91,
  Backslash = 92,
  RightBracket = 93,
  Underscore = 95,
  LeftBrace = 123,
  RightBrace = 125,
  ByteOrderMark = 0xfeff,
}

export const LETTER = 1;
export const DIGIT = 2;
export const SPACE = 4;
export const LINE_BREAK = 8;
export const NON_ASCII = 16;
export const WORD = LETTER | DIGIT;

/** The class of every UTF-16 code unit; `_` is a letter. */
export const CLASSES = classes();

/** Setting this bit of an ASCII letter makes it lower case. */
export const LOWER_CASE = 32;

export function isLineBreak(code: number): boolean {
  return code === Char.LineFeed || code === Char.CarriageReturn;
}

/** The offset behind the line break at `offset`, or `offset` itself where there is none. */
export function afterLineBreak(codes: Uint16Array, offset: number): number {
  const code = codes[offset];
  if (code === Char.LineFeed) return offset + 1;
  if (code !== Char.CarriageReturn) return offset;
  return codes[offset + 1] === Char.LineFeed ? offset + 2 : offset + 1;
}

/** The offset of the line break, or of the end of the text, that ends the line of `offset`. */
export function lineEnd(codes: Uint16Array, length: number, offset: number): number {
  let end = offset;
  while (end < length && (CLASSES[codes[end]!]! & LINE_BREAK) === 0) end++;
  return end;
}

export function skipSpaces(codes: Uint16Array, offset: number): number {
  let end = offset;
  while ((CLASSES[codes[end]!]! & SPACE) !== 0) end++;
  return end;
}

/** The end of the word at `offset`: letters, digits and what Unicode adds to them. */
export function wordEnd(codes: Uint16Array, offset: number): number {
  let end = offset;
  for (;;) {
    while ((CLASSES[codes[end]!]! & WORD) !== 0) end++;
    if ((CLASSES[codes[end]!]! & NON_ASCII) === 0) return end;
    const width = unicodeWidth(codes, end, CONTINUES_IDENTIFIER);
    if (width === 0) return end;
    end += width;
  }
}

export function startsUnicodeWord(codes: Uint16Array, offset: number): boolean {
  return unicodeWidth(codes, offset, STARTS_IDENTIFIER) > 0;
}

// NFKC may turn a character into one that is allowed although it is not itself: `℘`, `·`.
const STARTS_IDENTIFIER = /^[\p{XIDS}\p{IDS}]$/u;
const CONTINUES_IDENTIFIER = /^[\p{XIDC}\p{IDC}]$/u;

/** The number of code units of the character at `offset`, 0 when it does not belong to an identifier. */
function unicodeWidth(codes: Uint16Array, offset: number, allowed: RegExp): number {
  const character = characterAt(codes, offset);
  return allowed.test(character) ? character.length : 0;
}

function characterAt(codes: Uint16Array, offset: number): string {
  const unit = codes[offset]!;
  const isHighSurrogate = unit >= 0xd800 && unit < 0xdc00;
  return isHighSurrogate ? String.fromCharCode(unit, codes[offset + 1]!) : String.fromCharCode(unit);
}

function classes(): Uint8Array {
  const table = new Uint8Array(0x10000).fill(NON_ASCII, 128);
  table.fill(DIGIT, Char.Zero, Char.Nine + 1);
  for (const letter of 'abcdefghijklmnopqrstuvwxyz_') table[letter.charCodeAt(0)] = LETTER;
  for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') table[letter.charCodeAt(0)] = LETTER;
  for (const code of [Char.Space, Char.Tab, Char.FormFeed]) table[code] = SPACE;
  for (const code of [Char.LineFeed, Char.CarriageReturn]) table[code] = LINE_BREAK;
  return table;
}
