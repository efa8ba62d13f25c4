/** Numbers and words as Python literals. */
import type { File } from './file.js';

export function literal(file: File, value: string | number): string {
  return typeof value === 'string' ? file.quote(value) : numeral(value);
}

/** Six digits tell a std or gain from its neighbours; whole numbers stay whole. */
export function numeral(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const short = String(Number(value.toPrecision(6)));
  return short.replace(/e([+-])(\d)$/, 'e$10$2').replace('e+', 'e');
}
