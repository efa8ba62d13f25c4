/** In which rehearsal a mutable object was made: there, nobody will ask for what it was before a change. */
export const age = {
  /** The innermost rehearsal that runs; 0 outside of all, and for what stays when one ends. */
  now: 0,
};
