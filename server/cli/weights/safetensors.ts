/** Writes parameters as a safetensors file: a header of JSON, then the bytes one after the other. */
import type { Draw } from '../../model/draws.js';
import type { Parameter } from '../../model/parameters.js';

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
