"""Networks that are used while they are made: what runs in between draws, or changes what was drawn."""
import collections

import torch
import torch.nn.functional as F
from torch import nn


def behind(*used):
    """What stands behind starts from what the others left of the generator."""
    return nn.ModuleList([*(it for it in used if isinstance(it, nn.Module)), nn.Linear(3, 2)])


def recurrent(kind, *sizes, **settings):
    layer = getattr(nn, kind)(*sizes, **settings)
    layer(torch.zeros(4, 2, sizes[0]))
    return behind(layer)


def packed():
    layer = nn.LSTM(3, 4, 2, dropout=0.2)
    layer(nn.utils.rnn.pack_padded_sequence(torch.zeros(5, 2, 3), torch.tensor([5, 3])))
    return behind(layer)


def attending(shape=(3, 2, 8), others=(5, 2, 8), train=True, **settings):
    layer = nn.MultiheadAttention(8, 2, dropout=0.1, **settings).train(train)
    layer(torch.zeros(shape), torch.zeros(others), torch.zeros(others))
    return behind(layer)


def by_function():
    layer = nn.MultiheadAttention(8, 2)
    x = torch.zeros(3, 2, 8)
    F.multi_head_attention_forward(
        x, x, x, 8, 2, layer.in_proj_weight, layer.in_proj_bias, None, None, True, 0.3, layer.out_proj.weight, None
    )
    return behind(layer)


def transforming(**settings):
    layer = nn.Transformer(8, 2, 1, 2, 16, **settings)
    layer(torch.zeros(2, 2, 8), torch.zeros(2, 2, 8))
    return behind(layer)


def dropping(name, *shape):
    getattr(F, name)(torch.ones(shape), 0.3, True)
    return behind()


def pooling(*shape):
    nn.FractionalMaxPool2d(2, output_size=3)(torch.ones(shape))
    return behind()


def sampling(*shape, count=3, replaced=False):
    torch.multinomial(torch.ones(shape), count, replaced)
    return behind()


def by_chance(make):
    drawn = make()
    return nn.ParameterList([nn.Parameter(drawn.float()), nn.Parameter(torch.rand(2))])


def from_probabilities():
    return by_chance(lambda: torch.bernoulli(torch.rand(5, 6)))


def from_double_probabilities():
    return by_chance(lambda: torch.full((5, 6), 0.3, dtype=torch.float64).bernoulli())


def in_place_from_probabilities():
    return by_chance(lambda: torch.empty(7).bernoulli_(torch.linspace(0, 1, 7)))


def complex_numbers(draw, *shape):
    getattr(torch, draw)(*shape, dtype=torch.complex64)
    return behind()


def looked_up():
    table = nn.Embedding(5, 4, max_norm=1.0)
    table(torch.tensor([1, 2]))
    return behind(table)


def trained(groups=False):
    layer = nn.Linear(3, 3)
    given = [{"params": layer.parameters()}] if groups else layer.parameters()
    optimizer = torch.optim.SGD(given, lr=0.1)
    layer(torch.ones(2, 3)).sum().backward()
    optimizer.step()
    return behind(layer)


def trained_by_hand():
    layer = nn.Linear(3, 3)
    layer(torch.ones(2, 3)).sum().backward()
    for parameter in layer.parameters():
        if parameter.grad is not None:
            parameter.data -= parameter.grad
    return layer


def not_trained():
    layer = nn.Linear(3, 3)
    torch.optim.Adam(layer.parameters()).step()
    return behind(layer)


def hooked():
    layer = nn.Linear(3, 3)
    layer.register_forward_pre_hook(lambda module, given: (torch.rand(2, 3),))
    doubled = layer.register_forward_hook(lambda module, given, out: module.weight.data.mul_(2)[:1])
    width = layer(torch.ones(1, 3)).shape[0]
    doubled.remove()
    layer(torch.ones(1, 3))
    return nn.ModuleList([layer, nn.Linear(width, 2)])


def reordered(make=collections.OrderedDict):
    stack = nn.Sequential(nn.Linear(4, 4), nn.Linear(3, 3))
    stack._modules = make(reversed(list(stack._modules.items())))
    return stack


def partly_loaded():
    layer = nn.Linear(4, 4)
    layer.load_state_dict({"weight": torch.ones(4, 4)}, strict=False)
    return layer


EXACT = [
    "recurrent('LSTM', 3, 4, 3, dropout=0.5, bidirectional=True)",
    "recurrent('LSTM', 3, 4, 2, dropout=0.5, proj_size=2, batch_first=True)",
    "recurrent('GRU', 3, 4, 1, dropout=0.5)",
    "attending()",
    "attending(add_bias_kv=True, add_zero_attn=True)",
    "attending((3, 8), (5, 8))",
    "attending((2, 3, 8), (2, 5, 8), batch_first=True)",
    "attending(train=False)",
    "by_function()",
    "transforming()",
    "transforming(batch_first=True, norm_first=True, dropout=0.0)",
    "dropping('dropout', 3, 4)",
    "dropping('dropout1d', 4, 6)",
    "dropping('dropout1d', 2, 4, 6)",
    "dropping('dropout2d', 2, 4, 6, 6)",
    "dropping('dropout3d', 4, 6, 3, 3)",
    "dropping('feature_alpha_dropout', 2, 4, 6)",
    "pooling(2, 4, 8, 8)",
    "pooling(4, 8, 8)",
    "sampling(5)",
    "sampling(2, 5, count=1, replaced=True)",
    "sampling(2, 5, count=4, replaced=True)",
    "from_probabilities()",
    "from_double_probabilities()",
    "in_place_from_probabilities()",
    "complex_numbers('randn', 4)",
    "complex_numbers('randn', 5, 2)",
    "complex_numbers('rand', 5)",
    "not_trained()",
    "hooked()",
    "reordered()",
    "reordered(dict)",
    "partly_loaded()",
]
INEXACT = ["packed()", "looked_up()", "trained()", "trained(groups=True)", "trained_by_hand()"]
