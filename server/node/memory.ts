/** Keeps a process small that lives as long as the editor does. */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** The engine lets garbage grow to several times what is in use; other processes want that memory. */
export function keepSmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
  growYoungGenerationOnce();
}

/** To 4 MB, twice that with the half that is being left, and no further: it would end at three times 16. */
function growYoungGenerationOnce(): void {
  setFlagsFromString('--semi-space-growth-factor=4');
  const survivors: unknown[] = [];
  // It grows when what survives a collection is more than it holds.
  while (sizeOfYoungGeneration() < 8e6 && survivors.length < 200_000) {
    for (let made = 0; made < 10_000; made++) survivors.push({});
  }
  setFlagsFromString('--semi-space-growth-factor=1');
}

function sizeOfYoungGeneration(): number {
  return getHeapSpaceStatistics().find(it => it.space_name === 'new_space')?.space_size ?? Infinity;
}
