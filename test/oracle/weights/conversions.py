"""Other element types after the fact, orders that nobody knows, and classes of classes."""
import random

import torch
from torch import nn


def named(name, build):
    class Named(nn.Module):
        def __init__(self):
            super().__init__()
            self.part = build()

    Named.__name__ = name
    return Named()


def half():
    return nn.Sequential(nn.Linear(5, 7), nn.BatchNorm1d(7)).half()


def double():
    return named("Double", lambda: nn.Conv2d(2, 3, 3)).double()


def back():
    return nn.Linear(9, 9).to(torch.bfloat16).float()


def moved():
    return nn.LSTM(3, 4).to("cpu", torch.float64)


def scaled_before():
    layer = nn.Linear(6, 6)
    layer.weight.data.mul_(0.3)
    return layer.to(dtype=torch.float16)


def drawn_after():
    layer = nn.Linear(20, 20).half()
    nn.init.normal_(layer.weight)
    return layer


def converted_tensor():
    layer = nn.Linear(4, 4)
    layer.weight = nn.Parameter(torch.rand(4, 4, dtype=torch.float64).float())
    return layer


def by_key():
    return nn.ParameterDict({"x": torch.randn(2), "a": nn.Parameter(torch.ones(2))})


class Finished(type):
    def __call__(cls, *args):
        made = super().__call__(*args)
        made.finish()
        return made


class OfMetaclass(nn.Module, metaclass=Finished):
    def __init__(self, size):
        super().__init__()
        self.layer = nn.Linear(size, size)

    def finish(self):
        nn.init.zeros_(self.layer.bias)


def of_any_order():
    sizes = {3, 5, 4}
    return nn.Linear(min(sizes), sum(sizes) + len(sorted(sizes)))


def of_a_set():
    return nn.ModuleList([nn.Linear(len(it), 2) for it in {"one", "two"}])


def shuffled():
    layers = [nn.Linear(2, 2) for _ in range(5)]
    random.seed(0)
    random.shuffle(layers)
    return nn.ModuleList(layers)


def shuffled_numbers():
    order = [1, 2, 3]
    random.shuffle(order)
    return nn.Linear(len(order), 2)


def weight_norm_undone():
    return nn.utils.remove_weight_norm(nn.utils.weight_norm(nn.Linear(5, 6)))


def rescaled():
    layer = nn.utils.weight_norm(nn.Linear(4, 5))
    layer.weight_g.data.mul_(2)
    return nn.utils.remove_weight_norm(layer)


def spectral_norm_undone():
    return nn.utils.remove_spectral_norm(nn.utils.spectral_norm(nn.Linear(4, 5)))


def scaled_by_chance():
    layer = nn.Linear(4, 4)
    layer.weight.data.mul_(float(torch.rand(1)))
    return layer


def doubled_as_a_vector():
    layer = nn.Linear(2, 2)
    vector = nn.utils.parameters_to_vector(layer.parameters())
    nn.utils.vector_to_parameters(vector * 2, layer.parameters())
    return layer


EXACT = [
    "shuffled_numbers()",
    "weight_norm_undone()",
    "half()",
    "double()",
    "back()",
    "moved()",
    "scaled_before()",
    "drawn_after()",
    "scaled_by_chance()",
    "converted_tensor()",
    "by_key()",
    "OfMetaclass(3)",
    "of_any_order()",
]
INEXACT = [
    "of_a_set()",
    "shuffled()",
    "rescaled()",
    "spectral_norm_undone()",
    "doubled_as_a_vector()",
]
