/** Strings as Python counts them: by code points. */

const surrogates = /[\ud800-\udfff]/;

export function lengthOf(text: string): number {
  return surrogates.test(text) ? Array.from(text).length : text.length;
}

export function pointsOf(text: string): readonly string[] {
  return Array.from(text);
}

/** `text[start:stop]`, for `0 ≤ start`. */
export function cut(text: string, start: number, stop: number): string {
  if (start >= stop) return '';
  return surrogates.test(text) ? Array.from(text).slice(start, stop).join('') : text.slice(start, stop);
}

/** The number of code points in front of a UTF-16 offset. */
export function pointAt(text: string, offset: number): number {
  return offset <= 0 ? offset : lengthOf(text.slice(0, offset));
}
