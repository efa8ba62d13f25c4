/** Whether a file is meant by patterns as .gitignore writes them. */
import ignore, { type Ignore } from 'ignore';
import { isInside } from '../../text/paths.js';
import type { Configuration, FilePattern } from './configuration.js';

/** Rules that `per-file-ignores` switches off for this file. */
export function ignoredRulesOf(path: string, configuration: Configuration): ReadonlySet<string> {
  const entries = configuration.perFileIgnores ?? [];
  return new Set(entries.filter(it => matches(it, path)).flatMap(it => it.rules));
}

export function isExcluded(path: string, configuration: Configuration): boolean {
  return (configuration.exclude ?? []).some(it => matches(it, path));
}

function matches({ folder, pattern }: FilePattern, path: string): boolean {
  if (path === folder || !isInside(folder, path)) return false;
  const relative = path.slice(folder.length + (folder.endsWith('/') ? 0 : 1));
  return matcherOf(pattern).ignores(relative);
}

const matchers = new Map<string, Ignore>();

function matcherOf(pattern: string): Ignore {
  let matcher = matchers.get(pattern);
  if (matcher === undefined) {
    matcher = createIgnore().add(pattern);
    matchers.set(pattern, matcher);
  }
  return matcher;
}

/** The library is a CommonJS module whose default export is the function. */
export function createIgnore(): Ignore {
  return ignore({ allowRelativePaths: false });
}
