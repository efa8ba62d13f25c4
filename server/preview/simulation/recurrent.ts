/** Recurrent layers as steps: a step for every layer and direction, and what a call answers cut out of them. */
import type { CellName } from '../../../core/propagation/simulation/index.js';
import type { Operand, Operation } from '../../model/graph.js';
import type { Module } from '../../model/parameters.js';
import type { ProgramBuilder } from './network.js';
import { operandList, stepOf } from './operands.js';
import { numbersIn } from './sizes.js';

/** What one call computes; every one of its results is an operation of its own. */
export interface Unrolled {
  readonly output: number;
  /** (layers · directions, samples, features): the last hidden states, and the cells of an LSTM. */
  readonly hidden: number;
  readonly cell?: number;
}

/** Undefined where sizes are not known, and for the projections of an LSTM, which are not followed. */
export function recurrentSteps(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const call = [operation.module?.path, ...operation.inputs.map(it => it.id)].join(' ');
  const unrolled = builder.once(call, () => unroll(operation, builder));
  const result = operation.settings.get('result');
  const step = result === 'hidden' ? unrolled?.hidden : result === 'cell' ? unrolled?.cell : unrolled?.output;
  return step === undefined ? undefined : builder.push({ kind: 'reshape' }, [step], shape);
}

/** The layer as its module's arguments and parameters have it. */
interface Layer {
  readonly operation: Operation;
  readonly module: Module;
  readonly cell: CellName;
  readonly width: number;
}

function unroll(operation: Operation, builder: ProgramBuilder): Unrolled | undefined {
  const { module } = operation;
  const cell = module && cellOf(module, operation.name);
  const width = module?.settings.get('hidden_size');
  const given = operandList(operation);
  const input = given[0] && stepOf(given[0], builder);
  if (module === undefined || cell === undefined || typeof width !== 'number' || input === undefined) return undefined;
  if (Number(module.settings.get('proj_size') ?? 0) > 0) return undefined;
  const layer = { operation, module, cell, width };
  const isCell = /Cell$/.test(operation.name);
  const sequence = timeFirst(input, layer, builder, isCell);
  const states = statesOf(layer, builder, isCell);
  if (sequence === undefined || states === undefined) return undefined;
  return isCell ? oneTurn(sequence, layer, states, builder) : stacked(sequence, layer, states, builder);
}

function cellOf({ settings }: Module, name: string): CellName | undefined {
  if (/^LSTM/.test(name)) return 'lstm';
  if (/^GRU/.test(name)) return 'gru';
  if (!/^RNN/.test(name)) return undefined;
  return settings.get('nonlinearity') === 'relu' || settings.get('mode') === 'RNN_RELU' ? 'relu' : 'tanh';
}

/** (positions, samples, features) */
function timeFirst(input: number, { module }: Layer, builder: ProgramBuilder, isCell: boolean): number | undefined {
  const shape = builder.shapeAt(input);
  const [first = 1, second = 1] = shape;
  const features = shape.at(-1)!;
  if (isCell) return builder.push({ kind: 'reshape' }, [input], [1, shape.length > 1 ? first : 1, features]);
  if (shape.length === 2) return builder.push({ kind: 'reshape' }, [input], [first, 1, features]);
  if (shape.length !== 3) return undefined;
  if (module.settings.get('batch_first') !== true) return input;
  return builder.push({ kind: 'permute', order: [1, 0, 2] }, [input], [second, first, features]);
}

/** What it starts from: none for zeros. Undefined where it is given, and not known. */
function statesOf({ operation, cell }: Layer, builder: ProgramBuilder, isCell: boolean): readonly number[] | undefined {
  const given = operandList(operation).slice(1);
  const states = given.filter(it => it.kind !== 'parameter' || !operation.parameters.includes(it.parameter));
  if (states.length > (cell === 'lstm' ? 2 : 1)) return undefined;
  if (states.every(isZero)) return [];
  const steps = states.map(it => stepOf(it, builder));
  if (!steps.every(it => it !== undefined)) return undefined;
  return isCell ? steps.map(it => builder.push({ kind: 'reshape' }, [it], lastTwo(builder.shapeAt(it)))) : steps;
}

function isZero(operand: Operand): boolean {
  const values = operand.kind === 'constant' ? operand.values() : undefined;
  return values !== undefined && Array.from(values).every(it => it === 0);
}

const lastTwo = (shape: readonly number[]) => (shape.length < 2 ? [1, ...shape] : shape.slice(-2));

function oneTurn(
  sequence: number,
  layer: Layer,
  states: readonly number[],
  builder: ProgramBuilder,
): Unrolled | undefined {
  const found = direction(sequence, layer, '', states, builder);
  return found && { output: found.output, hidden: found.output, ...(found.cell && { cell: found.cell }) };
}

function stacked(
  sequence: number,
  layer: Layer,
  states: readonly number[],
  builder: ProgramBuilder,
): Unrolled | undefined {
  const { settings } = layer.module;
  const layers = settings.get('num_layers');
  const suffixes = settings.get('bidirectional') === true ? ['', '_reverse'] : [''];
  if (typeof layers !== 'number') return undefined;
  let from = sequence;
  const ends: Direction[] = [];
  for (let index = 0; index < layers; index++) {
    const found = suffixes.map((suffix, at) => {
      const own = states.map(it => stateAt(it, index * suffixes.length + at, builder));
      return direction(from, layer, `_l${index}${suffix}`, own, builder);
    });
    if (!found.every(it => it !== undefined)) return undefined;
    ends.push(...found);
    from = joined(
      found.map(it => it.output),
      2,
      builder,
    );
    if (index < layers - 1) from = dropped(from, layer.module, builder);
  }
  const cells = ends.map(it => it.cell).filter(it => it !== undefined);
  return {
    output: isBatchFirst(layer) ? samplesFirst(from, builder) : from,
    hidden: joined(
      ends.map(it => it.last),
      0,
      builder,
    ),
    ...(cells.length > 0 && { cell: joined(cells, 0, builder) }),
  };
}

const isBatchFirst = ({ module, operation }: Layer): boolean =>
  module.settings.get('batch_first') === true && numbersIn(operation.shape)?.length === 3;

function samplesFirst(step: number, builder: ProgramBuilder): number {
  const [positions, samples, features] = builder.shapeAt(step) as [number, number, number];
  return builder.push({ kind: 'permute', order: [1, 0, 2] }, [step], [samples, positions, features]);
}

function stateAt(step: number, at: number, builder: ProgramBuilder): number {
  const shape = builder.shapeAt(step);
  const whole = shape.length === 3 ? step : builder.push({ kind: 'reshape' }, [step], [shape[0]!, 1, shape.at(-1)!]);
  const [, samples, features] = builder.shapeAt(whole) as [number, number, number];
  const cut = builder.push({ kind: 'slice', axis: 0, start: at, stride: 1 }, [whole], [1, samples, features]);
  return builder.push({ kind: 'reshape' }, [cut], [samples, features]);
}

function joined(steps: readonly number[], axis: number, builder: ProgramBuilder): number {
  if (steps.length === 1) return steps[0]!;
  const shape = builder.shapeAt(steps[0]!);
  return builder.push({ kind: 'concatenate', axis }, steps, shape.with(axis, shape[axis]! * steps.length));
}

function dropped(step: number, { settings }: Module, builder: ProgramBuilder): number {
  const probability = settings.get('dropout');
  if (typeof probability !== 'number' || probability === 0 || settings.get('training') === false) return step;
  return builder.push({ kind: 'dropout', probability }, [step], builder.shapeAt(step));
}

interface Direction {
  readonly output: number;
  /** (1, samples, features) */
  readonly last: number;
  readonly cell?: number;
}

function direction(
  sequence: number,
  { operation, cell, width }: Layer,
  suffix: string,
  states: readonly number[],
  builder: ProgramBuilder,
): Direction | undefined {
  const find = (name: string) => {
    const parameter = operation.parameters.find(it => it.name.split('.').at(-1) === `${name}${suffix}`);
    return parameter && builder.parameter(parameter);
  };
  const [incoming, recurrent, bias, recurrentBias] = ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'].map(find);
  if (incoming === undefined || recurrent === undefined || (bias === undefined) !== (recurrentBias === undefined))
    return undefined;
  const [positions, samples] = builder.shapeAt(sequence) as [number, number];
  const isReversed = suffix.endsWith('_reverse');
  const biases = bias === undefined ? [] : [bias, recurrentBias!];
  const whole = builder.push(
    { kind: 'recurrent', cell, hasBias: bias !== undefined, isReversed },
    [sequence, incoming, recurrent, ...biases, ...states],
    [positions + (cell === 'lstm' ? 1 : 0), samples, width],
  );
  const cut = (start: number, count: number) =>
    builder.push({ kind: 'slice', axis: 0, start, stride: 1 }, [whole], [count, samples, width]);
  const last = cut(isReversed ? 0 : positions - 1, 1);
  if (cell !== 'lstm') return { output: whole, last };
  return { output: cut(0, positions), last, cell: cut(positions, 1) };
}
