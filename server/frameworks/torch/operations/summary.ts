/** Tells the distribution of values that were computed. */
import type { InitSpec } from '../../../../core/initializer.js';
import type { StorageWrite } from '../../../model/draws.js';
import type { Data } from './elements.js';

export function specOfContents(contents: readonly StorageWrite[], data: Data | undefined): InitSpec {
  const [only, ...more] = contents;
  if (only?.kind === 'constant' && only.region === undefined && more.length === 0) {
    return { kind: 'constant', value: only.value };
  }
  if (data !== undefined && data.length > 0) return summarized(data);
  const opaque = contents.find(it => it.kind === 'opaque');
  return { kind: 'unknown', reason: opaque?.reason ?? 'it is computed' };
}

function summarized(data: Data): InitSpec {
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (const value of data) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  if (min === max) return { kind: 'constant', value: min };
  const mean = sum / data.length;
  let squares = 0;
  for (const value of data) squares += (value - mean) ** 2;
  return { kind: 'data', mean, std: Math.sqrt(squares / data.length), min, max };
}
