/** The rest of torch's operations by name: what they compute is not told, but the forward graph goes on through them. */
import { rawNative } from '../../../interpreter/native.js';
import type { NativeFunction, Value } from '../../../interpreter/values.js';
import { isTensor, type Tensor } from '../tensor.js';
import { overwrite } from './in-place.js';
import { firstTensor, opaqueResult } from './results.js';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Elementwise: the result has the shape of the first tensor. All have an in-place form. */
const elementwise = words(`
  angle arccosh arcsinh arctanh conj conj_physical digamma gcd i0 igamma igammac isclose isneginf isposinf isreal lcm ldexp
  lgamma logaddexp logaddexp2 logcumsumexp mvlgamma nextafter polygamma xlogy dequantize
  less less_equal greater greater_equal not_equal logical_and logical_or logical_xor logical_not bitwise_not
`);

/** Shapes are not told either. */
const others = words(`
  align_as align_tensors as_strided as_strided_scatter atleast_1d atleast_2d atleast_3d cholesky_inverse
  combinations corrcoef cov cummin cumulative_trapezoid diagflat diagonal_scatter dist dsplit embedding_renorm
  fake_quantize_per_channel_affine fake_quantize_per_tensor_affine frexp frobenius_norm geqrf gradient grid_sampler gru
  gru_cell hinge_embedding_loss histogram histogramdd histc hsplit index_reduce kl_div lobpcg lstm lstm_cell
  lu_solve margin_ranking_loss max_pool1d_with_indices msort nanmedian narrow_copy norm_except_dim nuclear_norm
  orgqr ormqr pca_lowrank poisson_nll_loss quantize_per_channel quantize_per_tensor rnn_relu rnn_relu_cell rnn_tanh
  rnn_tanh_cell segment_reduce select_scatter slice_scatter sparse_coo_tensor sparse_csr_tensor stft istft svd_lowrank
  trapezoid trapz triplet_margin_loss unsafe_chunk unsafe_split unsafe_split_with_sizes vander vsplit
  binary_cross_entropy_with_logits cosine_embedding_loss ctc_loss sum_to_size cdist map apply to_sparse storage
  untyped_storage values indices
`);

export const unseenOperations: readonly (readonly [string, Value])[] = [
  ...elementwise.flatMap(name => both(name, positional => firstTensor(positional)?.shape)),
  ...others.flatMap(name => both(name, () => undefined)),
];

type ShapeRule = (positional: readonly Value[]) => Tensor['shape'];

function both(name: string, shape: ShapeRule): readonly (readonly [string, Value])[] {
  return [
    [name, plain(name, shape)],
    [`${name}_`, inPlace(name)],
  ];
}

function plain(name: string, shape: ShapeRule): NativeFunction {
  return rawNative(name, (machine, { positional }) =>
    opaqueResult(machine, name, positional.filter(isTensor), shape(positional)),
  );
}

function inPlace(name: string): NativeFunction {
  return rawNative(`${name}_`, (machine, { positional }) => {
    const [self] = positional;
    if (!isTensor(self)) return self ?? null;
    return overwrite(machine, self, opaqueResult(machine, name, positional.filter(isTensor), self.shape), {
      initializer: `${name}_`,
    });
  });
}
