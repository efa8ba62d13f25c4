"""Networks whose numbers numpy or a tensor makes before they become parameters."""
import math

import numpy as np
import torch
from torch import nn


class Typed(nn.Module):
    """The type of a number of numpy's decides that of the parameter."""

    def __init__(self, sizes=(3, 5, 7)):
        super().__init__()
        ratio = np.int64(6) / np.int64(4)
        step = np.float32(0.1) * 3
        rounded = round(np.float64(2.675), 2)
        self.scale = nn.Parameter(torch.tensor(ratio))
        self.steps = nn.Parameter(torch.tensor([step, 1.0]))
        self.rounded = nn.Parameter(torch.tensor(rounded))
        self.single = nn.Parameter(torch.tensor(np.float32(0.1) + np.float32(0.2)))
        self.plain = nn.Parameter(torch.tensor(float(rounded)))
        self.flag = nn.Parameter(torch.tensor((rounded > 2) * 0.5))
        self.widths = nn.ParameterList(nn.Parameter(torch.tensor(width)) for width in np.array(sizes) / 2)
        self.head = nn.Linear(np.prod(sizes), np.int64(sum(sizes)) // 4)
        nn.init.normal_(self.head.weight, std=np.sqrt(2.0 / self.head.in_features))
        nn.init.constant_(self.head.bias, np.float32(0.1))


class Rounds(nn.Module):
    """Sizes and values that go through rounding, absolute values, extremes and sums."""

    def __init__(self, depth=np.int64(9)):
        super().__init__()
        widths = np.round(np.linspace(8, 20, 4) / 4) * 4
        self.layers = nn.ModuleList(nn.Linear(int(a), int(b)) for a, b in zip(widths, widths[1:]))
        self.gate = nn.Parameter(torch.tensor([max(abs(np.float64(-0.3)), 0.1), min(widths) / sum(widths)]))
        self.table = nn.Embedding(depth, math.floor(np.float64(6.5)))
        self.bins = nn.Parameter(torch.full((depth,), np.median([1, 2, 4])))
        self.conv = nn.Conv2d(3, np.int32(4), kernel_size=np.arange(4)[3], bias=(depth > 3))


class Counted(nn.Module):
    """Sums of whole numbers come out the same in every order."""

    def __init__(self):
        super().__init__()
        total = torch.arange(5.0).sum().item()
        self.scale = nn.Parameter(torch.tensor(total / 4))
        self.fc = nn.Linear(int(torch.tensor([2.0, 3.0]).prod()), 2)


class Renormed(nn.Module):
    """Prototypes of classes of unit length, as networks for faces start them."""

    def __init__(self, size=37, classes=11, dim=1):
        super().__init__()
        self.kernel = nn.Parameter(torch.Tensor(size, classes))
        self.kernel.data.uniform_(-1, 1).renorm_(2, dim, 1e-5).mul_(1e5)
        self.copy = nn.Parameter(torch.randn(classes, size).renorm(2, dim, 4.0))
        self.head = nn.Linear(size, 2)


class Item(nn.Module):
    """What went through a function of torch's own is not exact because it was a number of Python's in between."""

    def __init__(self, turn=lambda x: x.item()):
        super().__init__()
        self.fc = nn.Linear(3, 2)
        self.scale = nn.Parameter(torch.tensor(turn(torch.tensor(0.37).erf()) * 2 + 1))


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(torch.linspace(0.1, 0.9, 5).erf().tolist()))


class Converted(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.linspace(0.1, 0.9, 5).erf().double())


class Counts(nn.Module):
    """A last bit may make another whole number of it."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(int((torch.tensor(3.0).log() / math.log(3) * 4).item()), 2)


class NumpyItem(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(math.sqrt(np.tanh(np.float32(0.3)))))


EXACT = ["Typed()", "Rounds()", "Counted()", "Renormed()", "Renormed(512, 130)", "Renormed(dim=0)", "Renormed(61, 4, -2)"]
INEXACT = ["Item()", "Item(float)", "Item(lambda x: x.numpy())", "Listed()", "Converted()", "NumpyItem()"]
