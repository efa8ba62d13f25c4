/** Remembers what was computed for the numbers that come again and again: a network's layers are much alike. */

/** Forgets everything when it has grown to `limit` answers. */
export function remembering<T>(limit: number): (key: string, compute: () => T) => T {
  const known = new Map<string, T>();
  return (key, compute) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= limit) known.clear();
    const found = compute();
    known.set(key, found);
    return found;
  };
}

/** To six digits: numbers that differ by less are remembered as one. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
