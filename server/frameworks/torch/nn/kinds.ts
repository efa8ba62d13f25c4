/** What a parameter is for, judged by its layer, its name and its rank. */
import type { ParameterKind } from '../../../model/parameters.js';
import type { Shape, Tensor } from '../tensor.js';
import type { ModuleInstance } from './instance.js';
import { rowOf } from './layer-row.js';
import type { ParameterRow } from './row.js';

const stacked = /^(weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)_l\d+(_reverse)?$/;

export function kindOf(module: ModuleInstance, name: string, tensor: Tensor): ParameterKind {
  const row = rowOf(module.cls);
  const known = row?.parameters && parameterNamed(row.parameters, name);
  if (known !== undefined) return known.kind;
  const [part] = stacked.exec(name) ?? [];
  if (row?.stacked && part !== undefined) return kindInStack(name);
  if (name === 'weight_g' || name === 'original0') return 'gate';
  return guess(name, tensor.shape, module.cls.name);
}

/** What is computed from another parameter is named after it. */
const DERIVED = /_orig$|_v$/;

export function parameterNamed(rows: readonly ParameterRow[], name: string): ParameterRow | undefined {
  const known = rowNamed(rows, name);
  if (known !== undefined || !DERIVED.test(name)) return known;
  return rowNamed(rows, name.replace(DERIVED, ''));
}

function rowNamed(rows: readonly ParameterRow[], name: string): ParameterRow | undefined {
  for (let i = 0; i < rows.length; i++) if (rows[i]!.name === name) return rows[i];
  return undefined;
}

function kindInStack(name: string): ParameterKind {
  if (name.startsWith('bias')) return 'bias';
  return name.startsWith('weight_hh') ? 'recurrent' : 'weight';
}

const tokens =
  /token|prompt|quer(y|ies)$|query_?(embed|feat|pos)|mask_?emb|(^|_)pos(ition(al)?)?(_|$|[a-z]*emb|[a-z]*enc)|pos_?emb|bias_table|rel(ative)?_(pos|h|w)|(^|_)cls|anchor|latent|prototype|codebook|centers?$/i;
const embeddings = /emb(ed(ding)?s?)?(_|$)|lookup|vocab/i;
const gates =
  /gamma|alpha|beta|scale|gate|lambda|lamb|temperature|(^|_)tau$|(^|_)ls\d*$|skip|residual_weight|zeta|eta$|theta$|mix|rezero|resweight/i;
const biases = /(^|_)(bias|b)(\d|_|$)|bias(es)?$/i;
const normScales = /(^|_)(norm|bn|ln|gn)\d*_?(weight|scale|gain|gamma)\d*$/i;
const slopes = /slope|prelu/i;
const thresholds = /^(tau|eps(ilon)?|threshold|momentum|temperature)$/i;
const recurrent = /recurrent/i;
const norms = /norm(?!al)|normali[sz](e|ation)|scale_?shift/i;
/** Of batches, layers and groups: a GNN is none. */
const shortNorms = /^(LN|BN|GN)(\d|_|$|[A-Z][a-z])|^(ln|bn|gn)(\d|_|$)/;
const scales = /weight|gamma|scale|gain|alpha|^(w|g|a)(_?\d)?$/i;
const logarithms = /(^|_)log(s|_|$)/i;

/** `W_query` is what makes queries. A capital B is a bias by name, and as a matrix the second factor of `A` and `B`. */
function guess(name: string, shape: Shape, className: string): ParameterKind {
  const rank = shape?.length;
  const isFlat = rank !== undefined && shape!.filter(it => it !== 1).length <= 1;
  const isMatrix = rank === 2 && !isFlat;
  if (
    (norms.test(className) || shortNorms.test(className)) &&
    isFlat &&
    !thresholds.test(name) &&
    !recurrent.test(name)
  ) {
    if (biases.test(name) || /beta|shift/i.test(name)) return 'shift';
    if (scales.test(name) && !logarithms.test(name)) return 'scale';
  }
  if (normScales.test(name) && isFlat) return 'scale';
  if (tokens.test(name) && !/^w(eights?)?_/i.test(name)) return 'token';
  if (embeddings.test(name) && !isFlat) return 'embedding';
  if (biases.test(name) && !(isMatrix && /(^|_)B$/.test(name))) return 'bias';
  if (slopes.test(name)) return 'slope';
  if (isFlat) return gates.test(name) || /^(w|weight|[a-z])$/i.test(name) ? 'gate' : 'other';
  if (gates.test(name) && rank !== 2) return 'gate';
  return rank === undefined ? 'other' : 'weight';
}
