/** The init core: sizes, initializers, generators, statistics, propagation. */
export {};
