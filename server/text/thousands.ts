/** Counts as people read them. */

/** `11,689,512`; by hand, since the first use of `toLocaleString` loads the locales. */
export const thousands = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
