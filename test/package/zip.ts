/** Reads a zip archive: enough for what `vsce` writes. */
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  contents(): Buffer;
}

const END = 0x06054b50;
const DEFLATED = 8;

export function zipEntries(path: string): readonly ZipEntry[] {
  const bytes = readFileSync(path);
  let end = bytes.length - 22;
  while (bytes.readUInt32LE(end) !== END) end--;
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const start = at;
    const nameLength = bytes.readUInt16LE(start + 28);
    const name = bytes.toString('utf8', start + 46, start + 46 + nameLength);
    entries.push({ name, contents: () => contentsAt(bytes, start) });
    at += 46 + nameLength + bytes.readUInt16LE(start + 30) + bytes.readUInt16LE(start + 32);
  }
  return entries;
}

/** Of the entry whose central record starts there. */
function contentsAt(bytes: Buffer, record: number): Buffer {
  const local = bytes.readUInt32LE(record + 42);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(start, start + bytes.readUInt32LE(record + 20));
  return bytes.readUInt16LE(record + 10) === DEFLATED ? inflateRawSync(packed) : packed;
}
