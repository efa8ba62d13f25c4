/** When a mutable object was made: what began later must save it before a change, what began earlier need not. */
export const age = {
  /** The moment at which the innermost rehearsal or branch began; 0 outside of all, and for what outlives them. */
  now: 0,
};
