/** Attention and the Transformer's parts. */
import type { LayerRow, ParameterRow, Refusal } from './row.js';

const alike = '(kdim is None or kdim == embed_dim) and (vdim is None or vdim == embed_dim)';

function projection(name: string, width: string): ParameterRow {
  return {
    name,
    kind: 'weight',
    shape: `(embed_dim, ${width})`,
    when: `not (${alike})`,
    start: 'xavier_uniform',
    fans: `${width}, embed_dim`,
  };
}

const layerOptions =
  'dim_feedforward=2048, dropout=0.1, activation=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False, bias=True, device=None, dtype=None';
const attention = (name: string) =>
  `${name}=MultiheadAttention(d_model, nhead, dropout=dropout, bias=bias, batch_first=batch_first, dtype=dtype)`;
const feedForward =
  'linear1=Linear(d_model, dim_feedforward, bias=bias, dtype=dtype), dropout=Dropout(dropout), ' +
  'linear2=Linear(dim_feedforward, d_model, bias=bias, dtype=dtype)';
const norm = (name: string) => `${name}=LayerNorm(d_model, eps=layer_norm_eps, bias=bias, dtype=dtype)`;

const activations: readonly Refusal[] = [
  {
    when: "is_word(activation) and activation not in ('relu', 'gelu')",
    exception: 'RuntimeError',
    message: 'activation should be relu/gelu, not {activation}',
  },
];

export const transformers: readonly LayerRow[] = [
  {
    name: 'MultiheadAttention',
    file: 'activation',
    signature:
      'embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False, device=None, dtype=None',
    role: 'attention',
    refuses: [
      {
        when: 'embed_dim % num_heads != 0',
        exception: 'AssertionError',
        message: 'embed_dim must be divisible by num_heads',
      },
    ],
    attributes:
      'embed_dim, kdim=embed_dim if kdim is None else kdim, vdim=embed_dim if vdim is None else vdim, ' +
      `_qkv_same_embed_dim=${alike}, num_heads, dropout, batch_first, head_dim=embed_dim // num_heads, ` +
      'bias_k=None, bias_v=None, add_zero_attn',
    parameters: [
      {
        name: 'in_proj_weight',
        kind: 'weight',
        shape: '(3 * embed_dim, embed_dim)',
        when: alike,
        start: 'xavier_uniform',
        fans: 'embed_dim, embed_dim',
      },
      projection('q_proj_weight', 'embed_dim'),
      projection('k_proj_weight', '(embed_dim if kdim is None else kdim)'),
      projection('v_proj_weight', '(embed_dim if vdim is None else vdim)'),
      { name: 'in_proj_bias', kind: 'bias', shape: '(3 * embed_dim,)', when: 'bias', start: 'zeros' },
      { name: 'bias_k', kind: 'other', shape: '(1, 1, embed_dim)', when: 'add_bias_kv', start: 'xavier_normal' },
      { name: 'bias_v', kind: 'other', shape: '(1, 1, embed_dim)', when: 'add_bias_kv', start: 'xavier_normal' },
    ],
    children: 'out_proj=NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias, dtype=dtype)',
    afterwards: [['out_proj.bias', 'zeros']],
    reset: '_reset_parameters',
    takes:
      'query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False',
  },
  {
    name: 'TransformerEncoderLayer',
    file: 'transformer',
    signature: `d_model, nhead, ${layerOptions}`,
    added: { bias: '2.1' },
    refuses: activations,
    attributes: 'norm_first, activation=activation_of(activation)',
    children: [
      attention('self_attn'),
      feedForward,
      norm('norm1'),
      norm('norm2'),
      'dropout1=Dropout(dropout)',
      'dropout2=Dropout(dropout)',
    ].join(', '),
    takes: 'src, src_mask=None, src_key_padding_mask=None, is_causal=False',
  },
  {
    name: 'TransformerDecoderLayer',
    file: 'transformer',
    signature: `d_model, nhead, ${layerOptions}`,
    added: { bias: '2.1' },
    refuses: activations,
    attributes: 'norm_first, activation=activation_of(activation)',
    children: [
      attention('self_attn'),
      attention('multihead_attn'),
      feedForward,
      norm('norm1'),
      norm('norm2'),
      norm('norm3'),
      'dropout1=Dropout(dropout)',
      'dropout2=Dropout(dropout)',
      'dropout3=Dropout(dropout)',
    ].join(', '),
    takes:
      'tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=False, memory_is_causal=False',
  },
  {
    name: 'TransformerEncoder',
    file: 'transformer',
    signature: 'encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True',
    attributes: 'num_layers, norm, enable_nested_tensor, mask_check',
    children: 'layers=clones(encoder_layer, num_layers)',
    takes: 'src, mask=None, src_key_padding_mask=None, is_causal=None',
  },
  {
    name: 'TransformerDecoder',
    file: 'transformer',
    signature: 'decoder_layer, num_layers, norm=None',
    attributes: 'num_layers, norm',
    children: 'layers=clones(decoder_layer, num_layers)',
    takes:
      'tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=None, memory_is_causal=False',
  },
  {
    name: 'Transformer',
    file: 'transformer',
    signature:
      'd_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1, activation=None, custom_encoder=None, custom_decoder=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False, bias=True, device=None, dtype=None',
    added: { bias: '2.1' },
    attributes: 'd_model, nhead, batch_first',
    children:
      'encoder=custom_encoder if custom_encoder is not None else TransformerEncoder(TransformerEncoderLayer(d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias, dtype=dtype), num_encoder_layers, LayerNorm(d_model, eps=layer_norm_eps, bias=bias, dtype=dtype)), ' +
      'decoder=custom_decoder if custom_decoder is not None else TransformerDecoder(TransformerDecoderLayer(d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias, dtype=dtype), num_decoder_layers, LayerNorm(d_model, eps=layer_norm_eps, bias=bias, dtype=dtype))',
    reset: '_reset_parameters',
    takes:
      'src, tgt, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, src_is_causal=None, tgt_is_causal=None, memory_is_causal=False',
  },
];
