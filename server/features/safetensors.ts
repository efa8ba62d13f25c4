/** Writes parameters as a safetensors file: a header of JSON, then the bytes one after the other. */
import type { Draw } from '../model/draws.js';
import type { Model } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import type { DrawOptions } from '../preview/tape.js';
import { drawParameters } from '../preview/weights.js';

/** https://github.com/huggingface/safetensors, "Format". */
const names: Readonly<Record<Draw['dtype'], readonly [name: string, bytes: number]>> = {
  float64: ['F64', 8],
  float32: ['F32', 4],
  float16: ['F16', 2],
  bfloat16: ['BF16', 2],
  int64: ['I64', 8],
};

/** Behind the header the data begin at a multiple of this, so that they can be mapped. */
const ALIGNMENT = 8;

/** The first bytes of the file; sizes have to be known. */
export function headerOf(parameters: readonly Parameter[], encode: (text: string) => Uint8Array): Uint8Array {
  const json = encode(JSON.stringify({ __metadata__: { format: 'pt' }, ...entriesOf(parameters) }));
  const length = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(8 + length).fill(SPACE);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(json, 8);
  return header;
}

/** How many bytes a parameter takes; none where its shape is not known. */
export function bytesIn({ shape, contents }: Parameter): number {
  const count = shape?.reduce<number>((product, size) => product * (typeof size === 'number' ? size : 0), 1) ?? 0;
  return names[contents.dtype][1] * count;
}

const SPACE = 0x20;

function entriesOf(parameters: readonly Parameter[]): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  let start = 0;
  for (const { name, shape = [], contents } of parameters) {
    const [dtype, size] = names[contents.dtype];
    const end = start + size * shape.map(Number).reduce((a, b) => a * b, 1);
    entries[name] = { dtype, shape: shape.map(Number), data_offsets: [start, end] };
    start = end;
  }
  return entries;
}

/** What a message can hold. */
const MOST_BYTES = 2 ** 29;

/** The file of all values that a seed gives, or why there is none; a step for every parameter. */
export function* safetensorsOf(
  { parameters, draws }: Model,
  options: Omit<DrawOptions, 'first'>,
): Generator<void, Uint8Array | string> {
  const open = parameters.find(it => it.shape === undefined || it.shape.some(size => typeof size !== 'number'));
  if (open !== undefined) return `the shape of ${open.name} is not known`;
  const pieces = [headerOf(parameters, ascii)];
  let size = pieces[0]!.length;
  for (const { parameter, blocks } of drawParameters(parameters, draws, { ...options, first: 0 })) {
    if (blocks === undefined) return `the values of ${parameter.name} are not known`;
    for (const { bytes } of blocks) {
      yield;
      pieces.push(bytes.slice());
      size += bytes.length;
      if (size > MOST_BYTES)
        return 'the network is too large for this: `initlens weights --out` writes it piece by piece';
    }
  }
  return joined(pieces, size);
}

/** Names beyond ASCII are escaped, as JSON allows. */
function ascii(text: string): Uint8Array {
  const escaped = text.replace(/[^\x20-\x7e]/g, it => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return Uint8Array.from(escaped, it => it.charCodeAt(0));
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
