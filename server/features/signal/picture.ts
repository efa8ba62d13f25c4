/** The signal along a network as an SVG: std forward and gradient std backward on a logarithmic axis, the band around it. */
import type { SignalRow } from './rows.js';

export interface Curves {
  readonly rows: readonly SignalRow[];
  /** The same rows with all fixes applied. */
  readonly fixed?: readonly SignalRow[];
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const colours = { forward: '#4c8ed9', backward: '#e07b39', axis: '#8a8f98', mark: '#d9534c' };
const margin = { left: 44, right: 10, top: 22, bottom: 20 };

/**
 * Colours that read on light and dark; a style sheet around it may give others to the classes. `data-from` and `data-to`
 * say where along its width the first and the last layer stand.
 */
export function drawSignal({ rows, fixed }: Curves, size: PictureSize): string {
  const scale = scaleOf([...rows, ...(fixed ?? [])], rows.length, size);
  const parts = [
    ...gridOf(scale, size),
    ...rows.flatMap((row, index) => (row.state === undefined ? [] : [markOf(index, scale, size)])),
    bandOf(rows, it => [it.std, it.band], scale, 'forward'),
    bandOf(rows, it => [it.gradient, it.gradientBand], scale, 'backward'),
    ...curvesOf(rows, scale, ''),
    ...(fixed === undefined ? [] : curvesOf(fixed, scale, ' stroke-dasharray="5 4" stroke-opacity="0.8"')),
    ...legend(rows, fixed !== undefined),
  ];
  const { width, height } = size;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `data-from="${margin.left}" data-to="${width - margin.right}" ` +
    `font-family="sans-serif" font-size="11" role="img" aria-label="std of activations and gradients by layer">` +
    `${parts.filter(it => it !== '').join('')}</svg>\n`
  );
}

interface Scale {
  /** Powers of ten. */
  readonly low: number;
  readonly high: number;
  x(index: number): number;
  y(value: number): number;
}

function scaleOf(rows: readonly SignalRow[], count: number, { width, height }: PictureSize): Scale {
  const values = rows.flatMap(it => [it.std, it.gradient]).filter(it => it !== undefined && it > 0 && it < Infinity);
  const logs = values.map(it => Math.log10(it!));
  const low = Math.floor(Math.min(-1, ...logs));
  const high = Math.ceil(Math.max(1, ...logs));
  const step = (width - margin.left - margin.right) / Math.max(1, count - 1);
  const inner = height - margin.top - margin.bottom;
  return {
    low,
    high,
    x: index => margin.left + step * index,
    y: value => margin.top + (inner * (high - clamp(Math.log10(value), low, high))) / (high - low),
  };
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

function gridOf({ low, high, y }: Scale, { width }: PictureSize): readonly string[] {
  const step = Math.max(1, Math.ceil((high - low) / 6));
  const powers = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, index) => low + index * step);
  return powers.map(power => {
    const at = short(y(10 ** power));
    const line = `<path class="axis" d="M${margin.left} ${at}H${width - margin.right}" stroke="${colours.axis}" stroke-opacity="${power === 0 ? 0.9 : 0.3}"/>`;
    return `${line}<text class="label" x="${margin.left - 6}" y="${at}" dy="4" text-anchor="end" fill="${colours.axis}">${powerText(power)}</text>`;
  });
}

const powerText = (power: number) =>
  power > -3 && power < 3 ? String(Number((10 ** power).toPrecision(1))) : `1e${power}`;

function markOf(index: number, { x }: Scale, { height }: PictureSize): string {
  const from = short(x(index) - 2);
  return `<rect class="mark" x="${from}" y="${height - margin.bottom}" width="4" height="6" fill="${colours.mark}"/>`;
}

/** One standard deviation by seed to either side. */
function bandOf(
  rows: readonly SignalRow[],
  of: (row: SignalRow) => readonly [value: number | undefined, band: number | undefined],
  { x, y }: Scale,
  kind: 'forward' | 'backward',
): string {
  const known = rows.flatMap((row, index) => {
    const [value, band = 0] = of(row);
    return value ? [{ index, value, band }] : [];
  });
  if (known.length === 0) return '';
  const upper = known.map(it => `${short(x(it.index))},${short(y(it.value * Math.exp(it.band)))}`);
  const lower = known.map(it => `${short(x(it.index))},${short(y(it.value * Math.exp(-it.band)))}`).toReversed();
  const points = [...upper, ...lower].join(' ');
  return `<polygon class="band ${kind}" points="${points}" fill="${colours[kind]}" fill-opacity="0.25" stroke="none"/>`;
}

function curvesOf(rows: readonly SignalRow[], scale: Scale, dash: string): readonly string[] {
  return [
    ...curveOf(rows, it => it.std, scale, 'forward', dash),
    ...curveOf(rows, it => it.gradient, scale, 'backward', dash),
  ];
}

/** Unbroken stretches of what is known and not zero. */
function curveOf(
  rows: readonly SignalRow[],
  of: (row: SignalRow) => number | undefined,
  { x, y }: Scale,
  kind: 'forward' | 'backward',
  dash: string,
): readonly string[] {
  const stretches: string[][] = [[]];
  rows.forEach((row, index) => {
    const value = of(row);
    if (value === undefined || value === 0) stretches.push([]);
    else stretches.at(-1)!.push(`${short(x(index))},${short(y(value))}`);
  });
  const style = `class="${kind}" fill="none" stroke="${colours[kind]}" stroke-width="1.8"${dash}`;
  return stretches.filter(it => it.length > 0).map(points => `<polyline points="${points.join(' ')}" ${style}/>`);
}

function legend(rows: readonly SignalRow[], hasFixed: boolean): readonly string[] {
  const entry = (x: number, text: string, kind: 'forward' | 'backward') =>
    `<path class="${kind}" d="M${x} 11h16" stroke="${colours[kind]}" stroke-width="2"/>` +
    `<text class="label" x="${x + 20}" y="15" fill="${colours.axis}">${text}</text>`;
  const sources = [...new Set(rows.map(it => it.source))].join(', ');
  const notes = [`by ${sources}`, ...(hasFixed ? ['dashed: as fixed'] : [])].join('; ');
  return [
    entry(margin.left, 'activations, std', 'forward'),
    entry(margin.left + 125, 'gradients, std', 'backward'),
    `<text class="label" x="300" y="15" fill="${colours.axis}">${notes}</text>`,
  ];
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
