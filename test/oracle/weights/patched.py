"""Classes and functions of torch that code replaces; every call puts back what it has replaced."""
import contextlib

import torch
from torch import nn


@contextlib.contextmanager
def replaced(owner, name, value):
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield before
    finally:
        setattr(owner, name, before)


def filled(layer):
    nn.init.zeros_(layer.weight)
    nn.init.ones_(layer.bias)


def started_otherwise():
    with replaced(nn.Conv2d, "reset_parameters", filled):
        first = nn.Conv2d(3, 4, 3)
    return nn.Sequential(first, nn.Conv2d(4, 2, 3))


def drawn_otherwise():
    def reset(layer):
        nn.init.xavier_normal_(layer.weight)
        nn.init.constant_(layer.bias, 0.1)

    with replaced(nn.Linear, "reset_parameters", reset):
        return nn.Sequential(nn.Linear(3, 4), nn.Bilinear(2, 3, 4), nn.Linear(4, 2))


def of_a_class_of_its_own():
    class Own(nn.Linear):
        pass

    class Deaf(nn.Linear):
        def reset_parameters(self):
            filled(self)

    with replaced(nn.Linear, "reset_parameters", lambda layer: [nn.init.normal_(it) for it in layer.parameters()]):
        return nn.Sequential(Own(3, 3), Deaf(3, 3))


def constructed_otherwise():
    def construct(layer, inputs, outputs):
        nn.Module.__init__(layer)
        layer.weight = nn.Parameter(torch.randn(outputs, inputs))

    with replaced(nn.Linear, "__init__", construct):
        return nn.Sequential(nn.Linear(3, 4), nn.GRU(2, 2))


def constructed_and_more():
    with replaced(nn.Linear, "__init__", None) as construct:

        def more(layer, *args, **kwargs):
            construct(layer, *args, **kwargs)
            nn.init.eye_(layer.weight)

        nn.Linear.__init__ = more
        return nn.Sequential(nn.Linear(3, 4), nn.Conv1d(2, 2, 1))


def called_otherwise():
    layer = nn.Linear(3, 3)
    with replaced(nn.Linear, "forward", lambda layer, x: x * 2), torch.no_grad():
        layer.weight.mul_(layer(3.0))
    return layer


def another_class():
    class Other(nn.Linear):
        def reset_parameters(self):
            filled(self)

    with replaced(nn, "Linear", Other):
        return nn.Sequential(nn.Linear(3, 3), nn.Conv1d(2, 2, 1))


def torchs_own_initializer():
    with replaced(nn.init, "kaiming_uniform_", lambda weight, **settings: nn.init.zeros_(weight)):
        return nn.Linear(3, 4)


def a_method_of_tensors():
    with replaced(torch.Tensor, "uniform_", lambda tensor, low=0.0, high=1.0: tensor.fill_(low)):
        return nn.Linear(3, 4)


EXACT = [
    "started_otherwise()",
    "drawn_otherwise()",
    "of_a_class_of_its_own()",
    "constructed_otherwise()",
    "constructed_and_more()",
    "called_otherwise()",
    "another_class()",
]
INEXACT = ["torchs_own_initializer()", "a_method_of_tensors()"]
