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

/** What both branches have is certain; the rest may have happened. In the order of evaluation. */
export function mergeHistories(
  mine: readonly RecordedWrite[],
  theirs: readonly RecordedWrite[],
): readonly RecordedWrite[] {
  if (mine === theirs) return mine;
  const [ofMine, ofTheirs] = [new Set(mine), new Set(theirs)];
  const only = (list: readonly RecordedWrite[], other: ReadonlySet<RecordedWrite>) =>
    list.filter(it => !other.has(it)).map(it => ({ ...it, certain: false }));
  const both = mine.filter(it => ofTheirs.has(it));
  return [...both, ...only(mine, ofTheirs), ...only(theirs, ofMine)].sort((a, b) => a.order - b.order);
}
