/** Compares versions of torch. */

/** True when `version` is known and older than `other`; `1.13.0a0` counts as 1.13. */
export function isBefore(version: string | undefined, other: string): boolean {
  if (version === undefined) return false;
  const [mine, theirs] = [version, other].map(numbersOf);
  const [major = 0, minor = 0] = mine ?? [];
  const [otherMajor = 0, otherMinor = 0] = theirs ?? [];
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

const numbersOf = (version: string): number[] => version.split('.').map(it => Number.parseInt(it, 10) || 0);
