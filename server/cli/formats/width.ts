/** How text sits on a terminal: what is wide, what must not get there. */

/** Columns that a terminal gives the text; a tab is counted as one. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character.codePointAt(0)!);
  return width;
}

/** Control characters, which could move the cursor or change colours, are shown as their Unicode pictures. */
export function printable(text: string): string {
  return text.replaceAll(control, it => String.fromCodePoint(it === '\u007f' ? 0x2421 : 0x2400 + it.charCodeAt(0)));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u0008\u000a-\u001f\u007f]/g;

/** Ranges of Unicode 15 whose East Asian Width is W or F, coarsely, from EastAsianWidth.txt. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

function widthOf(codePoint: number): number {
  if (isCombining(codePoint)) return 0;
  return wide.some(([first, last]) => codePoint >= first && codePoint <= last) ? 2 : 1;
}

function isCombining(codePoint: number): boolean {
  return (codePoint >= 0x300 && codePoint <= 0x36f) || codePoint === 0x200d || (codePoint & ~0xf) === 0xfe00;
}
