/** Functions, sums and spreads that code writes out by hand, as steps. */
import type { FunctionStep } from '../../../core/propagation/simulation/index.js';
import type { Operation } from '../../model/graph.js';
import { countOf, sizesIn } from '../signal/geometry.js';
import type { ProgramBuilder } from './network.js';
import { alignedTo, operandsOf } from './operands.js';

/** What the graph has no kind for. */
export function mathematicalSteps(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const operands = operandsOf(operation, builder);
  const [from, ...others] = operands ?? [];
  if (from === undefined || others.length > 0) return undefined;
  const reduced = reductions.get(operation.name)?.(operation, builder, from);
  if (reduced !== undefined) return builder.push({ kind: 'reshape' }, [reduced], shape);
  const step = functionNamed(operation);
  return step && builder.push(step, [from], shape);
}

const POWERS: ReadonlyMap<string, number> = new Map([
  ['sqrt', 0.5],
  ['rsqrt', -0.5],
  ['reciprocal', -1],
]);

function functionNamed({ name, settings }: Operation): FunctionStep | undefined {
  const plain = name.replace(/_$/, '');
  if (plain === 'exp' || plain === 'log' || plain === 'square') return { kind: 'function', name: plain };
  const exponent = POWERS.get(plain) ?? (plain === 'pow' ? settings.get('exponent') : undefined);
  if (typeof exponent === 'number') return { kind: 'function', name: 'power', parameters: [exponent] };
  const [low, high] = [settings.get('min_val'), settings.get('max_val')];
  if (plain !== 'clamp' || typeof low !== 'number' || typeof high !== 'number') return undefined;
  return { kind: 'function', name: 'clamp', parameters: [low, high] };
}

type Reduce = (operation: Operation, builder: ProgramBuilder, from: number) => number | undefined;

const reductions: ReadonlyMap<string, Reduce> = new Map<string, Reduce>([
  ['sum', (operation, builder, from) => sumOver(axesOf(operation, builder, from), builder, from)],
  ['var', varianceOver],
  ['std', (operation, builder, from) => root(varianceOver(operation, builder, from), builder)],
  ['norm', normOver],
  ['vector_norm', normOver],
]);

/** Undefined where they are not known; none written is all. */
function axesOf({ settings }: Operation, builder: ProgramBuilder, from: number): readonly number[] | undefined {
  const axes = sizesIn(settings.get('axes'));
  return axes?.length === 0 ? [...builder.shapeAt(from).keys()] : axes;
}

/** The axes stay, with size 1. */
function meanOver(axes: readonly number[], builder: ProgramBuilder, from: number): number {
  const sizes = builder.shapeAt(from);
  const windows = sizes.map((size, axis) => (axes.includes(axis) ? [[0, size] as const] : undefined));
  const kept = sizes.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return builder.push({ kind: 'pool', over: 'average', windows }, [from], kept);
}

function sumOver(axes: readonly number[] | undefined, builder: ProgramBuilder, from: number): number | undefined {
  if (axes === undefined) return undefined;
  const mean = meanOver(axes, builder, from);
  const factor = countOf(axes.map(axis => builder.shapeAt(from)[axis]!));
  return scaled(mean, factor, builder);
}

const scaled = (step: number, factor: number, builder: ProgramBuilder): number =>
  builder.push({ kind: 'scale', factor }, [step], builder.shapeAt(step));

const squared = (step: number, builder: ProgramBuilder): number =>
  builder.push({ kind: 'function', name: 'square' }, [step], builder.shapeAt(step));

const powerOf = (step: number, exponent: number, builder: ProgramBuilder): number =>
  builder.push({ kind: 'function', name: 'power', parameters: [exponent] }, [step], builder.shapeAt(step));

const root = (step: number | undefined, builder: ProgramBuilder): number | undefined =>
  step === undefined ? undefined : powerOf(step, 0.5, builder);

function varianceOver(operation: Operation, builder: ProgramBuilder, from: number): number | undefined {
  const axes = axesOf(operation, builder, from);
  const correction = operation.settings.get('correction');
  if (axes === undefined || typeof correction !== 'number') return undefined;
  const sizes = builder.shapeAt(from);
  const count = countOf(axes.map(axis => sizes[axis]!));
  const mean = scaled(meanOver(axes, builder, from), -1, builder);
  const centered = builder.push({ kind: 'add' }, [from, mean], sizes);
  return scaled(meanOver(axes, builder, squared(centered, builder)), count / (count - correction), builder);
}

function normOver(operation: Operation, builder: ProgramBuilder, from: number): number | undefined {
  if (operation.settings.get('p') !== 2) return undefined;
  return root(sumOver(axesOf(operation, builder, from), builder, squared(from, builder)), builder);
}

/** By a norm that torch computes, or by one that the code does. */
export function normalizeSteps(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const operands = operandsOf(operation, builder);
  if (operands === undefined) return undefined;
  if (operation.name === 'div') return quotientStep(operands, builder, shape);
  if (operation.name === 'mul') return productStep(operands, builder, shape);
  const { p = 2, dim = 1, eps = 1e-12 } = Object.fromEntries(operation.settings);
  if (operation.name !== 'normalize' || p !== 2 || typeof dim !== 'number' || operands.length !== 1) return undefined;
  const axis = dim < 0 ? dim + shape.length : dim;
  const length = root(sumOver([axis], builder, squared(operands[0]!, builder)), builder)!;
  const parameters = [Number(eps), Number.POSITIVE_INFINITY];
  const bounded = builder.push({ kind: 'function', name: 'clamp', parameters }, [length], builder.shapeAt(length));
  return quotientStep([operands[0]!, bounded], builder, shape);
}

export function productStep(
  operands: readonly number[],
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const factors = operands.map(it => alignedTo(it, shape, builder));
  return factors.length > 1 && factors.every(it => it !== undefined)
    ? builder.push({ kind: 'multiply' }, factors, shape)
    : undefined;
}

export function quotientStep(
  [dividend, divisor, ...others]: readonly number[],
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  if (dividend === undefined || divisor === undefined || others.length > 0) return undefined;
  return productStep([dividend, powerOf(divisor, -1, builder)], builder, shape);
}
