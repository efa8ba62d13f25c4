/** String and bytes literals as `repr` writes them. */

const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

export function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + Array.from(text, it => escaped(it, quote)).join('') + quote;
}

/** Like `stringRepr`, with everything outside ASCII escaped. */
export function asciiRepr(text: string): string {
  return Array.from(text, it => (it.codePointAt(0)! < 128 ? it : unicodeEscape(it.codePointAt(0)!))).join('');
}

/** One char code per byte. */
export function bytesRepr(bytes: string): string {
  const quote = bytes.includes("'") && !bytes.includes('"') ? '"' : "'";
  const body = Array.from(bytes, it => (it.charCodeAt(0) < 127 ? escaped(it, quote) : unicodeEscape(it.charCodeAt(0))));
  return `b${quote}${body.join('')}${quote}`;
}

/** Whether `repr` shows the character as it is. */
export function isPrintable(character: string): boolean {
  return character === ' ' || !/[\p{C}\p{Z}]/u.test(character);
}

function escaped(character: string, quote: string): string {
  if (character === quote) return `\\${quote}`;
  const short = named[character];
  if (short !== undefined) return short;
  return isPrintable(character) ? character : unicodeEscape(character.codePointAt(0)!);
}

function unicodeEscape(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
