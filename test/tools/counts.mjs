/** How many tests passed, failed and were skipped, read from what test runners print. */

export const none = { passed: 0, failed: 0, skipped: 0 };

/** From `node --test`, which ends its report with lines like `# pass 12`. */
export function countsOfNode({ status, output }) {
  const last = name => Number([...output.matchAll(new RegExp(`^(?:#|ℹ) ${name} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);
  const counts = { passed: last('pass'), failed: last('fail') + last('cancelled'), skipped: last('skipped') };
  return withStatus(counts, status);
}

/** From mocha, which ends its report with lines like `12 passing (3s)`. */
export function countsOfMocha({ status, output }) {
  const last = name => Number([...output.matchAll(new RegExp(`^\\s*(\\d+) ${name}`, 'gm'))].at(-1)?.[1] ?? 0);
  return withStatus({ passed: last('passing'), failed: last('failing'), skipped: last('pending') }, status);
}

export function sum(counts) {
  return counts.reduce((left, right) => ({
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  }));
}

export function sentence({ passed, failed, skipped }) {
  const always = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? always : `${always}, ${skipped} skipped`;
}

/** A run that ended badly before it could count has failed all the same. */
function withStatus(counts, status) {
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
