"""Networks that look at themselves while they are built, and at sets of sizes."""
import copy
import inspect
import io
import pickle
import sys

import torch
from torch import nn

persistent = set()


def rebuilt(meta):
    raise NotImplementedError


def check(state):
    def walk(value):
        if isinstance(value, (list, tuple, set)):
            return [walk(it) for it in value]
        if isinstance(value, dict):
            return [[walk(key), walk(it)] for key, it in value.items()]
        if isinstance(value, (str, int, float, bool, bytes)):
            return None
        if f"{type(value).__module__}.{type(value).__name__}" in ["torch.Tensor", "torch.nn.parameter.Parameter"]:
            return None
        return None if type(value) in persistent else value

    with io.BytesIO() as file:
        pickle.dump(walk(state), file)


def persisting(cls):
    """Keeps the source beside the state, and tries whether it can be pickled."""
    source = inspect.getsource(sys.modules[cls.__module__])

    class Persistent(cls):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self._given = copy.deepcopy(args)
            check(self.__reduce__())

        def __reduce__(self):
            fields = list(super().__reduce__())
            fields += [None] * max(3 - len(fields), 0)
            return (rebuilt, (dict(source=source, name=cls.__name__, state=fields[2]),), None)

    Persistent.__name__ = cls.__name__
    persistent.add(Persistent)
    return Persistent


@persisting
class Layer(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(size, size))
        self.register_buffer("scale", torch.ones(size))


@persisting
class Persisted(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = Layer(3)
        self.second = Layer(4)


class Sources(nn.Module):
    """The text of functions and classes."""

    def __init__(self):
        super().__init__()
        lines = inspect.getsource(check).splitlines()
        self.first = nn.Linear(len(lines), 2)
        self.second = nn.Linear(len(inspect.getsource(Persisted).split("\n")), len(inspect.getsource(self.forward)))

    def forward(self, x):
        # A comment within.
        return self.second(x)
        # A comment behind.


class SmallSets(nn.Module):
    """Small integers lie in a set in their order."""

    def __init__(self, sizes=(7, 3, 5, 3)):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(size, size) for size in set(sizes) | {1}])
        self.kernels = nn.ModuleList([nn.Conv1d(1, 1, size) for size in frozenset(range(9, 0, -2))])


class LargeSets(nn.Module):
    """Where they lie follows from their hashes, where they came one by one."""

    def __init__(self, sizes=(170, 3, 9, 33, 65)):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(size, 2) for size in set(sizes)])


class DerivedSets(nn.Module):
    """Where they lie depends on how the set came to be."""

    def __init__(self, sizes=(170, 3, 9)):
        super().__init__()
        self.fills = nn.ParameterList([torch.full((2,), float(size)) for size in set(sizes) | {33, 65}])


class Popped(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = {17, 3, 9}
        self.layer = nn.Linear(sizes.pop(), 2)


EXACT = ["Persisted()", "Sources()", "SmallSets()", "LargeSets()"]
INEXACT = ["DerivedSets()", "Popped()"]
