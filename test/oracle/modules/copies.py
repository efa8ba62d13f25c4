"""Deep copies have weights of their own; Transformer layers are copies."""
import copy

import torch
from torch import nn

layer = nn.TransformerEncoderLayer(8, 2, 16)
encoder = nn.TransformerEncoder(layer, 2)
twin = copy.deepcopy(layer)
decoder = nn.TransformerDecoder(nn.TransformerDecoderLayer(8, 2, 16), 1)
result = [
    len(list(encoder.parameters())),
    encoder.layers[0] is encoder.layers[1],
    encoder.layers[0].linear1.weight is layer.linear1.weight,
    twin.self_attn.in_proj_weight is layer.self_attn.in_proj_weight,
    [name for name, _ in decoder.named_parameters()][:4],
    twin.linear1.out_features,
    [name for name, _ in nn.Transformer(8, 2, 1, 1, 16).named_parameters()],
]
