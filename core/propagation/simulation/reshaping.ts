/** Which axes a reshape merges and splits. */

export interface AxisGroup {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** The smallest runs of axes with the same number of elements on both sides. */
export function* groupsOf(from: readonly number[], to: readonly number[]): Generator<AxisGroup> {
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    const [left, right] = [[i], [j]];
    let [a, b] = [from[i++] ?? 1, to[j++] ?? 1];
    while (a !== b && (i < from.length || j < to.length)) {
      if (a < b) {
        left.push(i);
        a *= from[i++] ?? 1;
      } else {
        right.push(j);
        b *= to[j++] ?? 1;
      }
    }
    yield { left: left.filter(axis => axis < from.length), right: right.filter(axis => axis < to.length) };
  }
}
