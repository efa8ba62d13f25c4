/** Expectations under a normal distribution by composite Gauss–Legendre quadrature, split at kinks. */
import { once } from './once.js';
import { normalDensity } from './truncated-normal.js';

/** E[f(X)] for X ~ N(0, variance); `kinks` are the places where f or a derivative jumps. */
export function expectation(f: (x: number) => number, variance: number, kinks: readonly number[] = []): number {
  const std = Math.sqrt(variance);
  if (std < SMALLEST_STD) return f(0);
  const edges = edgesWith(kinks.map(kink => kink / std));
  let sum = 0;
  for (let i = 0; i + 1 < edges.length; i++) sum += panel(f, std, edges[i]!, edges[i + 1]!);
  return sum;
}

/** Below this f(std · z) underflows before it is squared. */
const SMALLEST_STD = 1e-150;
const PANELS = [-12, -9, -7, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 9, 12];

function edgesWith(kinks: readonly number[]): readonly number[] {
  const inside = kinks.filter(kink => Math.abs(kink) < 12);
  return [...new Set([...PANELS, ...inside])].sort((a, b) => a - b);
}

function panel(f: (x: number) => number, std: number, from: number, to: number): number {
  const half = (to - from) / 2;
  const middle = (from + to) / 2;
  let sum = 0;
  for (const [node, weight] of rule()) {
    const z = middle + half * node;
    sum += weight * normalDensity(z) * f(std * z);
  }
  return sum * half;
}

/** Nodes and weights on [−1, 1], exact for polynomials of degree 2·count − 1. */
export function gaussLegendre(count: number): readonly (readonly [node: number, weight: number])[] {
  return Array.from({ length: count }, (_, i) => legendreRoot(count, Math.cos((Math.PI * (i + 0.75)) / (count + 0.5))));
}

/** Newton's method from Tricomi's guess; converges in a handful of steps. */
function legendreRoot(count: number, guess: number): readonly [number, number] {
  let x = guess;
  let slope = 0;
  for (let step = 0, move = 1; step < 10 && Math.abs(move) > 1e-15; step++) {
    const [value, before] = legendre(count, x);
    slope = (count * (x * value - before)) / (x * x - 1);
    move = value / slope;
    x -= move;
  }
  return [x, 2 / ((1 - x * x) * slope * slope)];
}

/** P_n(x) and P_{n−1}(x) by Bonnet's recursion. */
function legendre(count: number, x: number): readonly [number, number] {
  let before = 1;
  let value = x;
  for (let n = 2; n <= count; n++) {
    const next = ((2 * n - 1) * x * value - (n - 1) * before) / n;
    before = value;
    value = next;
  }
  return [value, before];
}

const rule = once(() => gaussLegendre(16));
