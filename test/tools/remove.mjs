/** Removes folders that programs have left behind. */
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const ATTEMPTS = 50;
/** Milliseconds. */
const PAUSE = 200;

/**
 * Also one in which a program that is ending still writes: each attempt looks anew for what is there, where the `maxRetries` of
 * `rmSync` looks once.
 * @param {string} path
 */
export async function removeFolder(path) {
  for (let attempt = 1; ; attempt++) {
    try {
      return rmSync(path, { recursive: true, force: true });
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await setTimeout(PAUSE);
    }
  }
}
