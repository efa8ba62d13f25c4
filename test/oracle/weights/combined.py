"""Networks whose parameters start as arithmetic of several draws."""
import torch
import torch.nn.functional as F
from torch import nn


def l2normalize(v, eps=1e-12):
    return v / (v.norm() + eps)


class SpectralNorm(nn.Module):
    """Spectral norm by hand, as many GANs have it."""

    def __init__(self, module, name="weight"):
        super().__init__()
        self.module = module
        w = getattr(module, name)
        height = w.data.shape[0]
        width = w.view(height, -1).data.shape[1]
        u = nn.Parameter(w.data.new(height).normal_(0, 1), requires_grad=False)
        v = nn.Parameter(w.data.new(width).normal_(0, 1), requires_grad=False)
        u.data = l2normalize(u.data)
        v.data = l2normalize(v.data)
        w_bar = nn.Parameter(w.data)
        del module._parameters[name]
        module.register_parameter(name + "_u", u)
        module.register_parameter(name + "_v", v)
        module.register_parameter(name + "_bar", w_bar)


class Normed(nn.Module):
    def __init__(self, size=19):
        super().__init__()
        self.conv = SpectralNorm(nn.Conv2d(3, size, 3))
        self.fc = SpectralNorm(nn.Linear(size, 4))
        self.head = nn.Linear(4, 2)


class Sums(nn.Module):
    """Of one shape, of shapes that are stretched, of draws and numbers."""

    def __init__(self, size=6):
        super().__init__()
        base = torch.randn(size, 4)
        other = torch.rand(size, 4)
        row = torch.randn(4)
        self.sum = nn.Parameter(base + other)
        self.difference = nn.Parameter(other - base)
        self.product = nn.Parameter(base * row)
        self.column = nn.Parameter(torch.randn(size, 1) * row)
        self.quotient = nn.Parameter(base / (other + 1))
        self.scaled = nn.Parameter(base * torch.linspace(0.1, 1, 4) + 0.5)
        self.turned = nn.Parameter(base.t() * other[:, :1].t())
        self.twice = nn.Parameter(torch.rand(3, dtype=torch.float64) * torch.rand(3, dtype=torch.float64))
        self.deep = nn.Parameter((base + row) * (other - row) / 3)
        self.outer = nn.Parameter(torch.randn(size)[:, None] + torch.randn(4)[None])
        self.fc = nn.Linear(4, 4)
        with torch.no_grad():
            self.fc.weight += torch.randn(4, 4) * 0.01
            self.fc.weight.add_(torch.eye(4))
            self.fc.bias.mul_(torch.rand(4))


class Noisy(nn.Module):
    """A copy of a layer, with noise on top."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(5, 3)
        self.second = nn.Linear(5, 3)
        self.second.weight.data = self.first.weight.data + 0.1 * torch.randn_like(self.first.weight)
        self.second.bias.data.copy_(self.first.bias.data - self.second.bias.data)


class Approximate(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.randn(4) * torch.linspace(0.1, 0.9, 4).erf())


class Weighted(nn.Module):
    """`alpha` is fused where it is not 1."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.randn(5).add(torch.rand(5), alpha=0.3))


class Unit(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(F.normalize(torch.randn(4, 8), dim=1))


class Arranged(nn.Module):
    """Drawn once, and read in another order or several times."""

    def __init__(self):
        super().__init__()
        once = torch.randn(1, 2, 3)
        self.repeated = nn.Parameter(once.repeat(4, 1, 2) * 0.1 + 1)
        self.tiled = nn.Parameter(torch.tile(torch.rand(2), (3, 2)))
        self.turned = nn.Parameter(torch.rand(2, 3).t().repeat(2, 1))
        self.interleaved = nn.Parameter(once.repeat_interleave(3, 1))
        self.flat = nn.Parameter(once.repeat_interleave(2))
        self.flipped = nn.Parameter(torch.randn(3, 3).t().flip(0))
        self.backwards = nn.Parameter(once.flip([1, 2]))
        self.last = nn.Parameter(torch.rand(3))


class Shifted(nn.Module):
    """Means and deviations that are tensors."""

    def __init__(self):
        super().__init__()
        self.mean = nn.Parameter(torch.normal(torch.arange(20.0), 0.5))
        self.std = nn.Parameter(torch.normal(2.0, torch.linspace(0.1, 1, 3)))
        self.both = nn.Parameter(torch.normal(mean=torch.zeros(4, 1), std=torch.rand(1, 5)))


EXACT = ["Arranged()", "Shifted()", "Normed()", "Normed(300)", "Sums()", "Noisy()", "Weighted()"]
INEXACT = ["Approximate()", "Unit()"]
