/** Base64 of ASCII text and of bytes, which no language library below the entries brings. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Three characters at a time become four; `=` stands for what the last three lack. */
export function toBase64(ascii: string): string {
  return bytesToBase64(Uint8Array.from(ascii, it => it.charCodeAt(0)));
}

export function bytesToBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const missing = Math.max(0, at + 3 - bytes.length);
    const bits = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const digits = [18, 12, 6, 0].map(shift => alphabet[(bits >> shift) & 63]).join('');
    encoded += digits.slice(0, 4 - missing) + '='.repeat(missing);
    if (encoded.length < PIECE) continue;
    pieces.push(encoded);
    encoded = '';
  }
  return pieces.join('') + encoded;
}

/** Text that grows by many small parts is joined now and then. */
const PIECE = 1 << 16;
