/** Loads the bundled program with the bytecode that the build has left beside it, so that nothing is compiled again. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const path = fileURLToPath(new URL('program.js', import.meta.url));

export const bytecodePath = `${path}.bytecode`;

export interface Launched {
  readonly program: typeof import('./program.js');
  readonly script: Script;
}

export function launch(): Launched {
  const script = scriptOf(readIfThere(bytecodePath));
  let program: Launched['program'];
  script.runInThisContext()(createRequire(path), (lent: Launched['program']) => {
    program = lent;
  });
  return { program: program!, script };
}

/** The bytecode is that of this text. */
export const wrapped = (program: string): string => `(function (require, lend) { ${program}\n})`;

/** A Node of another version rejects the bytecode, and compiles. */
function scriptOf(cachedData: Buffer | undefined): Script {
  // The bundle is ASCII, and the engine keeps such text in half the space.
  const source = readFileSync(path, 'latin1');
  return new Script(wrapped(source), { filename: path, ...(cachedData && { cachedData }) });
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
