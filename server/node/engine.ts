/** Settings of the engine, made once the program is loaded: its bytecode is neither kept nor taken with them. */
import { v8 } from './builtin.js';

/**
 * For a process that does one thing and ends, a little of everything in it: functions are compiled three times later than
 * usual, for most of them would not run long enough to be worth it. Trees and values live on, so that collections of young
 * objects only copy them: the first makes room for sixteen times as many.
 */
export function hurry(): void {
  v8().setFlagsFromString('--interrupt-budget=400000 --semi-space-growth-factor=16');
}

/**
 * For a process that lives as long as the editor: garbage may not grow to several times what is in use, and functions are
 * compiled far earlier than usual, beside what runs: with every key the same ones run again, each for a moment.
 */
export function keepSmall(): void {
  v8().setFlagsFromString('--heap-growing-percent=30 --interrupt-budget=8000');
  growYoungGenerationOnce();
}

/** To 8 MB, twice that with the half that is being left, and no further: it would end at three times 16. */
function growYoungGenerationOnce(): void {
  const survivors: unknown[] = [];
  // It doubles when what survives collections is more than it holds.
  while (roomForYoung() < 8e6 && survivors.length < 800_000) {
    for (let made = 0; made < 10_000; made++) survivors.push({});
  }
  isGrown = true;
  keepYoungGeneration();
}

let isGrown = false;

/** To be called once a worker has started: the engine takes the setting back when it makes another heap. */
export function keepYoungGeneration(): void {
  if (isGrown) v8().setFlagsFromString('--semi-space-growth-factor=1');
}

/** Of one half: the other one is there only at times. */
function roomForYoung(): number {
  const young = v8()
    .getHeapSpaceStatistics()
    .find(it => it.space_name === 'new_space');
  return young === undefined ? Number.POSITIVE_INFINITY : young.space_used_size + young.space_available_size;
}
