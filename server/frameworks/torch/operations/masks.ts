/** Zeros and ones that were drawn, perhaps scaled: what stochastic depth and dropout by hand multiply by. */
import type { Value } from '../../../interpreter/values.js';
import type { Setting } from '../graph.js';
import type { Storage } from '../storage.js';
import { isTensor, knownShape } from '../tensor.js';

type Settings = readonly (readonly [string, Setting])[];

/** The probability of a zero, what a one became, and the mask's shape where it is known; undefined for everything else. */
export function maskSettings(value: Value): Settings | undefined {
  if (!isTensor(value) || value.operation !== undefined || value.shows !== undefined || !value.view.isWhole) {
    return undefined;
  }
  const { contents } = value.storage;
  const rounded = roundedDown(value.storage);
  const kept = rounded?.kept ?? keptShare(value.storage);
  const factor = factorOf(rounded === undefined ? contents : [contents[0]!, ...rounded.changes]);
  if (kept === undefined || factor === undefined) return undefined;
  const shape = knownShape(value.shape);
  const mask = shape === undefined ? [] : [['mask', shape.join('×')] as const];
  return [['p', 1 - kept], ['factor', factor], ...mask, ...(rounded === undefined ? [] : [['rounded', true] as const])];
}

/** Uniform numbers of (0, 1) to which the share that is kept was added, rounded down; and what was done to them then. */
function roundedDown({ contents: [, added, floor, ...changes], history }: Storage) {
  if (added?.kind !== 'map' || added.operation !== 'add' || floor?.kind !== 'map' || floor.operation !== 'floor')
    return undefined;
  const drawn = history.findLast(it => it.spec.kind === 'uniform')?.spec;
  const [kept] = added.operands;
  const isOfUnits = drawn?.kind === 'uniform' && Number(drawn.high) - Number(drawn.low) === 1;
  return isOfUnits && kept !== undefined && kept > 0 && kept < 1 ? { kept, changes } : undefined;
}

function keptShare({ history }: Storage): number | undefined {
  const drawn = history.findLast(it => it.initializer === 'bernoulli_' || it.initializer === 'bernoulli');
  return drawn?.spec.kind === 'data' ? drawn.spec.mean : undefined;
}

/** Of a whole draw, and what it was multiplied and divided by. */
function factorOf([base, ...changes]: Storage['contents']): number | undefined {
  if (base?.kind !== 'draw' || base.region !== undefined) return undefined;
  let factor = 1;
  for (const change of changes) {
    const operand = change.kind === 'map' && change.region === undefined ? change.operands[0] : undefined;
    if (change.kind !== 'map' || operand === undefined) return undefined;
    if (change.operation !== 'multiply' && change.operation !== 'divide') return undefined;
    factor *= change.operation === 'multiply' ? operand : 1 / operand;
  }
  return factor;
}
