/** Loads the bundled program with the bytecode that the build has left beside it, so that nothing is compiled again. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { zlib } from './builtin.js';

const path = fileURLToPath(new URL('program.cjs', import.meta.url));

export const bytecodePath = `${path}.bytecode`;

export interface Launched {
  readonly program: typeof import('./program.js');
  readonly script: Script;
}

export function launch(): Launched {
  const script = scriptOf(readIfThere(bytecodePath));
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
  return { program: module.exports as Launched['program'], script };
}

/** The bytecode is that of this text. */
export const wrapped = (program: string): string =>
  `(function (exports, require, module, __filename, __dirname) { ${program}\n})`;

/** A Node of another version rejects the bytecode, and compiles. */
function scriptOf(cachedData: Buffer | undefined): Script {
  return new Script(wrapped(sourceText()), { filename: path, ...(cachedData && { cachedData }) });
}

/** The extension brings the program packed. */
function sourceText(): string {
  const plain = readIfThere(path) ?? zlib().brotliDecompressSync(readFileSync(`${path}.br`));
  // The bundle is ASCII, and the engine keeps such text in half the space.
  return plain.toString('latin1');
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
