"""Networks whose tables numpy computes: positions, grids, kernels."""
import numpy as np
import torch
from torch import nn


def sinusoids(positions, size):
    angles = [[at / np.power(10000, 2 * (j // 2) / size) for j in range(size)] for at in range(positions)]
    table = np.array(angles)
    table[:, 0::2] = np.sin(table[:, 0::2])
    table[:, 1::2] = np.cos(table[:, 1::2])
    return torch.FloatTensor(table).unsqueeze(0)


def along(size, positions):
    omega = np.arange(size // 2, dtype=float)
    omega /= size / 2.0
    out = np.einsum("m,d->md", positions.reshape(-1), 1.0 / 10000**omega)
    return np.concatenate([np.sin(out), np.cos(out)], axis=1)


def grid(size, side, extra=True):
    height = np.arange(side, dtype=np.float32)
    both = np.stack(np.meshgrid(height, height), axis=0).reshape([2, 1, side, side])
    table = np.concatenate([along(size // 2, both[0]), along(size // 2, both[1])], axis=1)
    return np.concatenate([np.zeros([1, size]), table], axis=0) if extra else table


class Sinusoids(nn.Module):
    def __init__(self, positions=13, size=10):
        super().__init__()
        self.positions = nn.Parameter(data=sinusoids(positions, size), requires_grad=False)
        self.head = nn.Linear(size, 3)


class Grid(nn.Module):
    """More numbers than tensors are computed of."""

    def __init__(self, size=768, side=14):
        super().__init__()
        self.token = nn.Parameter(torch.zeros(1, 1, size))
        self.positions = nn.Parameter(torch.zeros(1, side * side + 1, size), requires_grad=False)
        self.head = nn.Linear(size, 3)
        self.positions.data.copy_(torch.from_numpy(grid(size, side)).float().unsqueeze(0))
        nn.init.normal_(self.token, std=0.02)


class Bilinear(nn.ConvTranspose2d):
    """A kernel on the diagonal of the channels."""

    def __init__(self, channels=3, size=4):
        super().__init__(channels, channels, size, stride=2, bias=False)
        factor = (size + 1) // 2
        centre = factor - 1 if size % 2 == 1 else factor - 0.5
        rows, columns = np.ogrid[:size, :size]
        kernel = (1 - abs(rows - centre) / factor) * (1 - abs(columns - centre) / factor)
        weight = np.zeros((channels, channels, size, size), dtype=np.float64)
        weight[range(channels), range(channels), :, :] = kernel
        self.weight.data.copy_(torch.from_numpy(weight).float())


class Kernel(nn.Module):
    def __init__(self):
        super().__init__()
        kernel = np.outer([1.0, 3.0, 3.0, 1.0], [1.0, 3.0, 3.0, 1.0])
        self.blur = nn.Parameter(torch.tensor(kernel / kernel.sum(), dtype=torch.float32)[None, None].repeat(2, 1, 1, 1))
        self.types = nn.ParameterList(
            [
                nn.Parameter(torch.tensor(np.arange(3) / 7)),
                nn.Parameter(torch.from_numpy(np.linspace(0, 1, 5, dtype=np.float32))),
                nn.Parameter(torch.as_tensor(np.array([0.1, 0.2]), dtype=torch.float32) * np.float32(3)),
            ]
        )


class Widths(nn.Module):
    """Sizes that numpy computes."""

    def __init__(self):
        super().__init__()
        widths = np.round(np.linspace(8, 20, 4)).astype(int)
        self.layers = nn.Sequential(*[nn.Linear(int(a), int(b)) for a, b in zip(widths[:-1], widths[1:])])
        self.last = nn.Linear(int(np.prod([2, 3, 4])), len(np.unique(widths)))
        nn.init.uniform_(self.last.weight, -np.sqrt(6 / 24), np.sqrt(6 / 24))


class SinglePrecision(nn.Module):
    """numpy has vector code of its own for single precision."""

    def __init__(self):
        super().__init__()
        self.table = nn.Parameter(torch.from_numpy(np.exp(np.arange(7, dtype=np.float32) / 3)))


class Products(nn.Module):
    """Sums in the order of a library's kernel."""

    def __init__(self):
        super().__init__()
        base = np.arange(12.0).reshape(3, 4) / 7
        self.product = nn.Parameter(torch.from_numpy(base @ base.T))


class Lent(nn.Module):
    """The tensor shares the array's memory."""

    def __init__(self):
        super().__init__()
        base = np.zeros(3, dtype=np.float32)
        self.table = nn.Parameter(torch.from_numpy(base))
        base[1] = 5


class Scalars(nn.Module):
    """numpy's floats are double, also as tensors; its `item()` is Python's."""

    def __init__(self):
        super().__init__()
        made = [np.log(2.0), [1.0, np.sqrt(2)], 2 / np.sqrt(2), -abs(np.exp(0.5)), np.mean([0.1, 0.2])]
        made += [float(np.log(2.0)), np.arange(3.0)[1].item(), np.arange(3.0).tolist(), np.pi, np.float32(0.1)]
        made += [torch.ones([]) * np.log(1 / 0.07), sum(np.arange(3.0)), np.array([1.0, 2.0]).max()]
        self.made = nn.ParameterList([nn.Parameter(torch.as_tensor(it)) for it in made])


class Returned(nn.Module):
    """What is written to the tensor is in the array."""

    def __init__(self):
        super().__init__()
        base = np.zeros(3)
        torch.from_numpy(base).add_(2)
        self.table = nn.Parameter(torch.tensor(base))


class Written(nn.Module):
    def __init__(self):
        super().__init__()
        base, other = np.zeros((2, 2)), np.ones(3)
        np.add(base, 1, out=base)
        np.fill_diagonal(base, 5)
        np.random.shuffle(other)
        self.base = nn.Parameter(torch.tensor(base))
        self.other = nn.Parameter(torch.tensor(other))


class Product(nn.Module):
    """A number that a product's sum gave."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 3)
        nn.init.constant_(self.layer.bias, np.dot(np.arange(3.0) / 7, np.arange(3.0) / 3))


class Drawn(nn.Module):
    """Numpy's numbers are not known, their shapes are."""

    def __init__(self):
        super().__init__()
        self.normal = nn.Parameter(torch.from_numpy(np.random.randn(3, 4).astype(np.float32) * np.sqrt(2 / 3)))
        self.uniform = nn.Parameter(torch.tensor(np.random.uniform(-1, 1, size=(2, 3)).T, dtype=torch.float32))
        self.layer = nn.Linear(len(np.random.permutation(6)), 2)
        self.parts = nn.ModuleList([nn.Linear(2, 2) for _ in np.random.choice(5, 3, replace=False)])
        own = np.random.RandomState(1).normal(0, 1, (4, 4))
        own[0] = 0
        self.own = nn.Parameter(torch.Tensor(own.reshape(2, 8).copy()))
        self.layer.weight.data = torch.from_numpy(np.random.normal(size=self.layer.weight.shape)).float()
        self.layer.bias.data.copy_(torch.tensor(-np.random.random(2)))


EXACT = ["Scalars()", "Sinusoids()", "Grid()", "Bilinear()", "Kernel()", "Widths()"]
INEXACT = ["SinglePrecision()", "Products()", "Product()", "Lent()", "Returned()", "Written()", "Drawn()"]
