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


EXACT = [
    "half()",
    "double()",
    "back()",
    "moved()",
    "scaled_before()",
    "drawn_after()",
    "converted_tensor()",
    "by_key()",
    "OfMetaclass(3)",
    "of_any_order()",
]
INEXACT = ["of_a_set()", "shuffled()"]
