/** A small picture of drawn weights: a histogram with the ideal curve over it, as an SVG that reads on light and dark. */
import type { InitSpec, TruncatedNormal } from '../../../core/initializer.js';
import { normalCdf, normalDensity } from '../../../core/truncated-normal.js';
import { toBase64 } from './base64.js';

export interface Histogram {
  /** The range that the bins share out evenly. */
  readonly low: number;
  readonly high: number;
  readonly counts: ArrayLike<number>;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly uri: string;
}

const width = 320;
const height = 44;
/** Room for the numbers under the axis. */
const base = height - 13;
const top = 3;

const colours = { bars: '#4c8ed9', curve: '#e07b39', axis: '#8a8f98' };

/** Any colour theme gets the same picture: an SVG in a hover cannot know the editor's. */
export function drawHistogram(histogram: Histogram, ideal: InitSpec | undefined): Picture {
  const density = densitiesOf(histogram);
  const curve = ideal === undefined ? [] : curveOf(ideal, histogram);
  const peak = Math.max(...density, ...curve, Number.MIN_VALUE);
  const parts = [
    `<path d="${barsPath(density, peak)}" fill="${colours.bars}" fill-opacity="0.75"/>`,
    ...(curve.length === 0 ? [] : [curveElement(curve, peak)]),
    `<path d="M0 ${base}H${width}" stroke="${colours.axis}"/>`,
    ...axisLabels(histogram),
  ];
  const opening = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="11">`;
  const svg = `${opening}${parts.join('')}</svg>`;
  return { width, height, uri: `data:image/svg+xml;base64,${toBase64(svg)}` };
}

function densitiesOf({ low, high, counts }: Histogram): readonly number[] {
  const all = Array.from(counts);
  const total = all.reduce((sum, count) => sum + count, 0);
  const binWidth = (high - low) / all.length;
  return all.map(count => count / (total * binWidth));
}

/** The density of the ideal at as many places as are worth drawing. */
function curveOf(ideal: InitSpec, { low, high }: Histogram): readonly number[] {
  const density = densityOf(ideal);
  if (density === undefined) return [];
  const steps = 80;
  return Array.from({ length: steps + 1 }, (_, step) => density(low + ((high - low) * step) / steps));
}

function densityOf(ideal: InitSpec): ((x: number) => number) | undefined {
  switch (ideal.kind) {
    case 'uniform': {
      const { low, high } = ideal;
      if (low === undefined || high === undefined) return undefined;
      return x => (x >= low && x <= high ? 1 / (high - low) : 0);
    }
    case 'normal': {
      const { mean, std } = ideal;
      if (mean === undefined || !std) return undefined;
      return x => bell(x, mean, std);
    }
    case 'truncated_normal':
      return truncatedDensity(ideal);
    default:
      return undefined;
  }
}

function truncatedDensity({ mean, std, low, high }: TruncatedNormal): ((x: number) => number) | undefined {
  if (mean === undefined || !std || low === undefined || high === undefined) return undefined;
  const inside = normalCdf((high - mean) / std) - normalCdf((low - mean) / std);
  return x => (x >= low && x <= high ? bell(x, mean, std) / inside : 0);
}

function bell(x: number, mean: number, std: number): number {
  return normalDensity((x - mean) / std) / std;
}

function barsPath(density: readonly number[], peak: number): string {
  const step = width / density.length;
  const tops = density.map((value, index) => `L${short(index * step)} ${heightOf(value, peak)}h${short(step)}`);
  return `M0 ${base}${tops.join('')}V${base}Z`;
}

function curveElement(curve: readonly number[], peak: number): string {
  const step = width / (curve.length - 1);
  const points = curve.map((value, index) => `${short(index * step)},${heightOf(value, peak)}`).join(' ');
  return `<polyline points="${points}" fill="none" stroke="${colours.curve}" stroke-width="1.5"/>`;
}

function heightOf(density: number, peak: number): string {
  return short(base - (density / peak) * (base - top));
}

function axisLabels({ low, high }: Histogram): readonly string[] {
  const middle = (low + high) / 2;
  const y = height - 2;
  return [
    label(2, y, 'start', low),
    label(width / 2, y, 'middle', Math.abs(middle) < (high - low) * 1e-3 ? 0 : middle),
    label(width - 2, y, 'end', high),
  ];
}

/** A true minus sign; the picture is ASCII. */
const MINUS = '&#8722;';

function label(x: number, y: number, anchor: string, value: number): string {
  const text = String(Number(value.toPrecision(2))).replaceAll('-', MINUS);
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colours.axis}">${text}</text>`;
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
