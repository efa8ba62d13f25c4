/** Draws for a seed what an evaluation asks for before it has ended. */
import { type Draw, drawsIn } from '../model/draws.js';
import type { Drawn, Foreseen, Foresight } from '../model/foresight.js';
import { memoryOf } from './contents.js';
import { type DrawOptions, Tape } from './tape.js';
import { approximationIn, isUnknown } from './weights.js';

/** The options' `first` is the number of draws before the seed is set. */
export function foresightFor(options: DrawOptions): Foresight {
  let draws: Draw[] = [];
  let tape = new Tape({ draws }, options, EVERY);
  return {
    foresee(contents, soFar) {
      // Of two branches the second draws again from where the first began.
      if (draws.some((draw, index) => draw !== soFar[index])) {
        draws = [];
        tape = new Tape({ draws }, options, EVERY);
      }
      for (let index = draws.length; index < soFar.length; index++) draws.push(soFar[index]!);
      return foreseen(contents, tape);
    },
  };
}

/** Which of them will be asked for is not known. */
const EVERY = { has: () => true };

function foreseen({ writes, count, dtype }: Drawn, tape: Tape): Foreseen | undefined {
  // What a module draws while it is imported comes before the seed.
  if (isUnknown(writes) || drawsIn(writes).some(it => it < tape.options.first)) return undefined;
  const values = memoryOf({ writes, count, dtype }, tape);
  if (values === undefined) return undefined;
  const approximate = approximationIn({ writes, dtype }, tape);
  return { values, ...(approximate !== undefined && { approximate }) };
}
