/** Counts as people read them. */

/** `11,689,512`; by hand, since the first use of `toLocaleString` loads the locales. */
export const thousands = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** `3 files`, `1 file`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
