/** Writes a changed text in the encoding that its file had. */
import type { EncodingName } from '../text/encoding.js';

export interface FileContents {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly encoding: EncodingName;
}

/** Undefined when the text has a character that the file's encoding did not show yet. */
export function encodeLike(
  file: FileContents,
  text: string,
  encodeUtf8: (text: string) => Uint8Array,
): Uint8Array | undefined {
  return file.encoding === 'utf-8' ? encodeUtf8(text) : encodeSingleBytes(file, text);
}

/** One byte stands for one character, so the file itself tells which for which. */
function encodeSingleBytes(file: FileContents, text: string): Uint8Array | undefined {
  const byteOf = new Map<number, number>();
  for (const [index, byte] of file.bytes.entries()) byteOf.set(file.text.charCodeAt(index), byte);
  const encoded = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const byte = code < 0x80 ? code : byteOf.get(code);
    if (byte === undefined) return undefined;
    encoded[index] = byte;
  }
  return encoded;
}
