/** Activations that are written out by hand: `x * torch.sigmoid(x)` is SiLU. */
import type { Value } from '../../../interpreter/values.js';
import type { RecordedOperation } from '../graph.js';
import { isTensor } from '../tensor.js';

export interface Recognized {
  readonly inputs: readonly RecordedOperation[];
  readonly request: { readonly kind: 'nonlinearity'; readonly name: string };
}

/** The product of a signal and a gate that is computed from that same signal. */
export function recognized(a: Value, b: Value): Recognized | undefined {
  if (!isTensor(a) || !isTensor(b) || a.operation === undefined || b.operation === undefined) return undefined;
  return gated(a.operation, b.operation) ?? gated(b.operation, a.operation);
}

function gated(signal: RecordedOperation, gate: RecordedOperation): Recognized | undefined {
  const name = nameOf(signal, gate);
  return name === undefined ? undefined : { inputs: [signal], request: { kind: 'nonlinearity', name } };
}

function nameOf(signal: RecordedOperation, gate: RecordedOperation): string | undefined {
  const [source] = gate.inputs;
  if (gate.kind !== 'nonlinearity' || source === undefined) return undefined;
  if (gate.name === 'sigmoid') return source === signal ? 'silu' : scaledSigmoid(signal, source);
  if (gate.name === 'hardsigmoid' && source === signal) return 'hardswish';
  if (gate.name === 'tanh' && source.name === 'softplus' && source.inputs[0] === signal) return 'mish';
  return undefined;
}

function scaledSigmoid(signal: RecordedOperation, source: RecordedOperation): string | undefined {
  const factor = source.kind === 'scale' && source.inputs[0] === signal ? source.settings.get('factor') : undefined;
  return factor === 1.702 ? 'quick_gelu' : factor === 1 ? 'silu' : undefined;
}
