"""Sequential, ModuleList, ModuleDict: numbering, slices, growth."""
from collections import OrderedDict

from torch import nn


def names(module):
    return [name for name, _ in module.named_parameters()]


seq = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 3), nn.Linear(3, 4))
named = nn.Sequential(OrderedDict([("first", nn.Linear(1, 2)), ("second", nn.Linear(2, 3))]))
layers = nn.ModuleList([nn.Linear(1, 2) for _ in range(3)])
layers.append(nn.Linear(2, 2))
layers.insert(0, nn.Linear(5, 5))
layers += [nn.Linear(6, 6)]
branches = nn.ModuleDict({"a": nn.Linear(1, 1), "b": nn.Linear(2, 2)})
branches["c"] = nn.Linear(3, 3)
branches.update({"a": nn.Linear(9, 9)})
tail = seq[2:]
grown = nn.Sequential(*list(seq.children())[:-1])
grown.add_module("head", nn.Linear(7, 7))
del seq[1]
result = [
    names(seq),
    names(tail),
    names(named),
    names(named[1:]),
    names(grown),
    len(seq),
    seq[-1].out_features,
    [tuple(p.shape) for p in layers.parameters()],
    names(layers[1:3]),
    len(layers),
    layers[0] in list(layers),
    [(key, tuple(m.weight.shape)) for key, m in branches.items()],
    list(branches.keys()),
    "a" in branches,
    names(branches),
    [type(m).__name__ for m in seq],
    len(nn.Sequential(seq, seq)),
    names(nn.Sequential(nn.Linear(1, 1)).append(nn.Linear(2, 2))),
    names(nn.Sequential(nn.Linear(1, 1)) + nn.Sequential(nn.Linear(2, 2))),
]
