/** Parts of a network that may start at zero: low-rank updates, gates, what only modulates something else. */
import type { Operand, Operation } from '../graph.js';
import type { Parameter } from '../parameters.js';
import { constantOf } from './final-writes.js';
import { nextLayers } from './following.js';
import { dataInputs, isTransparent, weightsOf } from './operations.js';
import { usersOf } from './users.js';
import type { WeightUse } from './weights.js';

/** One of two factors of which one starts at zero and the other at random: LoRA and its relatives. */
export function isLowRankFactor(parameter: Parameter): boolean {
  const partner = partnerName(parameter.name);
  if (partner === undefined) return false;
  const { module } = parameter;
  const siblings = [...module.parameters, ...module.children.flatMap(it => it.parameters)];
  const other = siblings.find(it => it.name === partner);
  return other === undefined || constantOf(other) === undefined;
}

/** `lora_A` for `lora_B`, `down` for `up`. */
function partnerName(name: string): string | undefined {
  const found = PAIRS.find(([pattern]) => pattern.test(name));
  return found && name.replace(found[0], found[1]);
}

const PAIRS: readonly (readonly [RegExp, string])[] = [
  [/(lora_?)B\b/, '$1A'],
  [/(lora_?)A\b/, '$1B'],
  [/(^|[._])B(?=[._]|$)/, '$1A'],
  [/(^|[._])A(?=[._]|$)/, '$1B'],
  [/(lora.*)\bup\b/, '$1down'],
  [/(lora.*)\bdown\b/, '$1up'],
];

/** Whether all that the result feeds is multiplied by a weight of zeros: at the start its scale is nobody's. */
export function isMuted({ graph, layer }: WeightUse): boolean {
  const next = nextLayers(graph, layer);
  return next.length > 0 && next.every(it => weightsOf(it).every(weight => constantOf(weight) === 0));
}

/** Whether the result, perhaps squashed, multiplies or shifts something else: a gate, an attention map, a modulation. */
export function isGated({ graph, followers }: WeightUse): boolean {
  return followers.some(it => it.kind === 'nonlinearity' && behind(graph, it.operation).some(isModulation));
}

const isModulation = ({ kind }: Operation) => kind === 'multiply' || kind === 'softmax' || kind === 'opaque';

/** Whether all that the result does, squashed, is to shift something else, or to weigh it in a product of two activations. */
export function onlyShifts({ graph, followers }: WeightUse): boolean {
  const isShift = (it: Operation): boolean => {
    const users = usersOf(graph, it);
    return users.length > 0 && users.every(user => joinsAnother(user) || (isTransparent(user) && isShift(user)));
  };
  return followers.length > 0 && followers.every(it => it.kind === 'nonlinearity' && isShift(it.operation));
}

/** A sum with another activation or with a table, which a bias is not, or a product of two activations. */
function joinsAnother(operation: Operation): boolean {
  const isPair = dataInputs(operation).length > 1;
  if (operation.kind === 'matmul') return isPair && weightsOf(operation).length === 0;
  return operation.kind === 'add' && (isPair || (operation.operands ?? []).some(isTable));
}

function isTable(operand: Operand): boolean {
  if (operand.kind === 'operation') return false;
  const { shape } = operand.kind === 'parameter' ? operand.parameter : operand;
  return shape === undefined || shape.length > 1;
}

function behind(graph: WeightUse['graph'], operation: Operation): readonly Operation[] {
  return usersOf(graph, operation).flatMap(it => (isTransparent(it) ? behind(graph, it) : [it]));
}
