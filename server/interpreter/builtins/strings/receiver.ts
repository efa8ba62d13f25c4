/** What all methods of `str` share. */
import { receiver } from '../define.js';

export const str = receiver('str', value => (typeof value === 'string' ? value : undefined));

/** What Python takes for white space in text. */
export const space = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';

/** The text as part of a regular expression. */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
