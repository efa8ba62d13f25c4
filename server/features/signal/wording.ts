/** Numbers of the signal in words: with their band, or as an order of magnitude where the seed decides too much. */
import { number } from '../../../core/describe-spec.js';

/** `0.161 ±1 %`, `about 1e−16`. */
export function stdText(std: number | undefined, band: number | undefined): string {
  if (std === undefined) return '?';
  if (std === 0 || band === undefined || band <= 0.005) return rounded(std);
  if (band > WIDEST) return `about ${number(10 ** Math.round(Math.log10(std)))}`;
  return `${rounded(std)} ±${Math.max(1, Math.round(band * 100))} %`;
}

export function rounded(value: number): string {
  return number(Number(value.toPrecision(3)));
}

const WIDEST = 0.3;
