/** Joins what two branches of the code left in one storage. */
import type { InitSpec } from '../../../core/initializer.js';
import type { StorageWrite } from '../../model/draws.js';
import type { RecordedWrite } from './storage.js';

const UNDECIDED = 'two branches write different values';

export function mergeContents(mine: readonly StorageWrite[], theirs: readonly StorageWrite[]): readonly StorageWrite[] {
  const isSame = mine.length === theirs.length && mine.every((it, i) => isSameWrite(it, theirs[i]!));
  return isSame ? mine : [{ kind: 'opaque', reason: UNDECIDED }];
}

function isSameWrite(a: StorageWrite, b: StorageWrite): boolean {
  if (a === b) return true;
  return a.kind === 'constant' && b.kind === 'constant' && a.region === b.region && Object.is(a.value, b.value);
}

export function mergeSpecs(mine: InitSpec, theirs: InitSpec): InitSpec {
  if (mine === theirs || JSON.stringify(mine) === JSON.stringify(theirs)) return mine;
  return { kind: 'unknown', reason: UNDECIDED };
}

/**
 * What both branches have is certain; the rest may have happened. In the order of evaluation, which also tells one write from
 * another: branches of branches may each have a copy of it.
 */
export function mergeHistories(
  mine: readonly RecordedWrite[],
  theirs: readonly RecordedWrite[],
): readonly RecordedWrite[] {
  if (mine === theirs) return mine;
  const known = new Set(mine.map(it => it.order));
  const certain = new Set(theirs.filter(it => it.certain).map(it => it.order));
  const merged = mine.map(it => (certain.has(it.order) ? it : uncertain(it)));
  const others = theirs.filter(it => !known.has(it.order)).map(uncertain);
  return [...merged, ...others].sort((a, b) => a.order - b.order);
}

const uncertain = (write: RecordedWrite): RecordedWrite => (write.certain ? { ...write, certain: false } : write);
