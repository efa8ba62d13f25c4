/** What a project or a person may choose: which rules, how severe, for which versions, in which files. */
import type { Severity } from '../../rules/rule.js';

/** An absent property leaves the choice to the next configuration outwards. */
export interface Configuration {
  readonly select?: readonly string[];
  readonly extendSelect?: readonly string[];
  readonly ignore?: readonly string[];
  readonly perFileIgnores?: readonly FileIgnores[];
  readonly severity?: ReadonlyMap<string, Severity | 'off'>;
  readonly exclude?: readonly FilePattern[];
  readonly torchVersion?: string;
  readonly transformersVersion?: string;
}

/** A pattern as in .gitignore, relative to the folder of the file that says it. */
export interface FilePattern {
  readonly folder: string;
  readonly pattern: string;
}

export interface FileIgnores extends FilePattern {
  readonly rules: readonly string[];
}

/** Key by key, the first that says something wins. */
export function mergeConfigurations(nearestFirst: readonly Configuration[]): Configuration {
  let merged: Configuration = {};
  for (const configuration of nearestFirst) merged = { ...configuration, ...merged };
  return merged;
}

/** The word for every rule in `select` and `ignore`. */
export const allRules = 'ALL';

export function isEnabled(rule: string, configuration: Configuration): boolean {
  const { select = [allRules], extendSelect = [], ignore = [], severity } = configuration;
  if (severity?.get(rule) === 'off' || names(ignore, rule)) return false;
  return names(select, rule) || names(extendSelect, rule);
}

function names(selection: readonly string[], rule: string): boolean {
  return selection.includes(rule) || selection.includes(allRules);
}
