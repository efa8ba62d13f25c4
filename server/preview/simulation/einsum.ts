/** Sums over products by an equation, as steps: axes brought into order, one product of matrices, and back. */
import type { Operation } from '../../model/graph.js';
import { countOf } from '../signal/geometry.js';
import type { ProgramBuilder } from './network.js';
import { operandsOf } from './operands.js';

interface Term {
  readonly step: number;
  readonly letters: readonly string[];
}

/** Of two operands, none of which has a letter twice. */
export function einsumSteps(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const equation = operation.settings.get('equation');
  const operands = operandsOf(operation, builder);
  if (typeof equation !== 'string' || operands?.length !== 2 || !equation.includes('->')) return undefined;
  const [inputs, output] = equation.replaceAll(' ', '').split('->') as [string, string];
  const [a, b] = inputs.split(',').map((it, at) => ({ step: operands[at]!, letters: [...it] }));
  if (a === undefined || b === undefined || ![a, b].every(it => isPlain(it, builder))) return undefined;
  return multiplied(a, b, [...output], builder, shape);
}

const isPlain = ({ step, letters }: Term, builder: ProgramBuilder): boolean =>
  letters.length === builder.shapeAt(step).length &&
  new Set(letters).size === letters.length &&
  letters.every(it => /[a-z]/i.test(it));

/** (shared, own of a, summed) times (shared, summed, own of b). */
function multiplied(
  a: Term,
  b: Term,
  output: readonly string[],
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const both = a.letters.filter(it => b.letters.includes(it));
  const [shared, summed] = [both.filter(it => output.includes(it)), both.filter(it => !output.includes(it))];
  const [ownOfA, ownOfB] = [a, b].map(({ letters }) => letters.filter(it => !both.includes(it))) as [
    string[],
    string[],
  ];
  if (![...ownOfA, ...ownOfB].every(it => output.includes(it))) return undefined;
  const sizeOf = (letter: string) =>
    a.letters.includes(letter) ? sizeIn(a, letter, builder) : sizeIn(b, letter, builder);
  const count = (letters: readonly string[]) => countOf(letters.map(sizeOf));
  const [batch, rows, terms, columns] = [shared, ownOfA, summed, ownOfB].map(count) as [number, number, number, number];
  const left = arranged(a, [...shared, ...ownOfA, ...summed], [batch, rows, terms], builder);
  const right = arranged(b, [...shared, ...summed, ...ownOfB], [batch, terms, columns], builder);
  const product = builder.push({ kind: 'product' }, [left, right], [batch, rows, columns]);
  const letters = [...shared, ...ownOfA, ...ownOfB];
  const apart = builder.push({ kind: 'reshape' }, [product], letters.map(sizeOf));
  return builder.push({ kind: 'permute', order: output.map(it => letters.indexOf(it)) }, [apart], shape);
}

const sizeIn = ({ step, letters }: Term, letter: string, builder: ProgramBuilder): number =>
  builder.shapeAt(step)[letters.indexOf(letter)]!;

function arranged(
  { step, letters }: Term,
  wanted: readonly string[],
  shape: readonly number[],
  builder: ProgramBuilder,
): number {
  const order = wanted.map(it => letters.indexOf(it));
  const from = builder.shapeAt(step);
  const turned = builder.push(
    { kind: 'permute', order },
    [step],
    order.map(axis => from[axis]!),
  );
  return builder.push({ kind: 'reshape' }, [turned], shape);
}
