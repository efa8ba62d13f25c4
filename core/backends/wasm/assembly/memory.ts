/** Where things lie in the kernel's memory. Sizes in bytes; every place starts on a whole vector. */

/** Values of one block, and of a last block that is up to twice as long. */
export const CAPACITY: i32 = 8192;

/** 624 words, and one vector more that reading ahead may touch. */
export const STATE: usize = memory.data(624 * 4 + 16, 16);
export const VALUES: usize = memory.data(8192 * 4 + 16, 16);
/** Four histograms of at most 128 bins, one per lane, so that neighbours never wait for each other's count. */
export const COUNTS: usize = memory.data(4 * 512, 16);
/** Sums of powers 1 to 4, smallest, largest, zeros: doubles. */
export const SUMS: usize = memory.data(7 * 8, 16);
/** One vector, to look at its lanes. */
export const LANES: usize = memory.data(16, 16);
/** Where the counts of a stretch of values lie, an address for each. */
export const PLACES: usize = memory.data(2048, 16);
