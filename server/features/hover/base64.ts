/** Base64 of ASCII text, which no language library below the entries brings. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Three characters at a time become four; `=` stands for what the last three lack. */
export function toBase64(ascii: string): string {
  let encoded = '';
  for (let at = 0; at < ascii.length; at += 3) {
    const missing = Math.max(0, at + 3 - ascii.length);
    const bits = (byteAt(ascii, at) << 16) | (byteAt(ascii, at + 1) << 8) | byteAt(ascii, at + 2);
    const digits = [18, 12, 6, 0].map(shift => alphabet[(bits >> shift) & 63]).join('');
    encoded += digits.slice(0, 4 - missing) + '='.repeat(missing);
  }
  return encoded;
}

function byteAt(ascii: string, at: number): number {
  return at < ascii.length ? ascii.charCodeAt(at) & 255 : 0;
}
