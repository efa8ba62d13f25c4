/** How benchmarks print what they measured: our figure, the peer's, their ratio, the targets and whether they hold. */

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 's' | 'kB' | 'MB' | 'MB/s' | 'files' | '%';
  /** Bounds for a quiet machine. */
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly peer?: Peer;
}

/** What the same work takes elsewhere, measured in the same run: the ratio says more than the time. */
export interface Peer {
  readonly name: string;
  readonly value: number;
  /** How many times better ours has to be. */
  readonly times?: number;
}

export function show(figure: Figure): void {
  const { name, value, unit, peer } = figure;
  const parts = [`${name}: ${rounded(value)} ${unit}${boundText(figure)}`];
  if (peer !== undefined) parts.push(`${peer.name} ${rounded(peer.value)} ${unit}${ratioText(figure, peer)}`);
  console.log(parts.join('; '));
}

function boundText({ value, atMost, atLeast }: Figure): string {
  if (atMost !== undefined) return ` (target: at most ${atMost}, ${verdict(value <= atMost)})`;
  return atLeast === undefined ? '' : ` (target: at least ${atLeast}, ${verdict(value >= atLeast)})`;
}

function ratioText({ value, unit }: Figure, { value: other, times }: Peer): string {
  const isSpeed = unit === 'MB/s';
  const ratio = isSpeed ? value / other : other / value;
  const target = times === undefined ? '' : ` (target: at least ${times}, ${verdict(ratio >= times)})`;
  return `, ${rounded(ratio)} times${target}`;
}

const verdict = (holds: boolean) => (holds ? 'holds' : 'MISSED');

const rounded = (value: number) => (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0));

/** The value below which the share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

export const median = (samples: readonly number[]) => quantile(samples, 0.5);
