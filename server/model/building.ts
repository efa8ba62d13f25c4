/** A record while it is being put together: what is optional is assigned where it is there, which costs less than spreads. */
export type Building<T> = { -readonly [K in keyof T]: T[K] };
