"""Arithmetic that rounds on the way: inverses, powers, fused additions, whole numbers, arrays of numpy, other element types."""
import torch
from torch import nn
from torch.nn import functional as F


class DividesNumbers(nn.Module):
    def __init__(self):
        super().__init__()
        steps = torch.arange(1.0, 40.0)
        self.known = nn.Parameter(3.0 / steps)
        self.roots = nn.Parameter(0.1 / steps.sqrt())
        self.doubles = nn.Parameter(0.7 / steps.double())
        self.drawn = nn.Parameter(0.3 / (torch.rand(20) + 1))


class Powers(nn.Module):
    def __init__(self):
        super().__init__()
        drawn = torch.rand(20) + 0.5
        self.squares = nn.Parameter(torch.randn(20) ** 2)
        self.cubes = nn.Parameter(torch.randn(20) ** 3)
        self.roots = nn.Parameter(drawn**0.5)
        self.inverses = nn.Parameter(drawn**-1)
        self.reciprocals = nn.Parameter(drawn.reciprocal())
        self.inverse_roots = nn.Parameter(drawn**-0.5)
        self.rsqrt = nn.Parameter(drawn.rsqrt())
        self.doubles = nn.Parameter(drawn.double() ** -2)


class AddsScaled(nn.Module):
    def __init__(self):
        super().__init__()
        steps = torch.linspace(-3, 5, 37)
        self.known = nn.Parameter(torch.add(steps, 0.3, alpha=0.7))
        self.both = nn.Parameter(steps.sub(steps * 0.3, alpha=0.1))
        self.doubles = nn.Parameter(torch.add(steps.double(), steps.double() / 3, alpha=0.7))
        self.halved = nn.Parameter(torch.rand(20).add_(3, alpha=0.5))


class WholeNumbers(nn.Module):
    def __init__(self):
        super().__init__()
        steps = torch.linspace(-3, 5, 37)
        self.toward_zero = nn.Parameter(steps.long().float())
        whole = torch.arange(1, 38).numpy()
        self.doubles = nn.Parameter(torch.from_numpy(whole * 0.3))
        self.quotients = nn.Parameter(torch.tensor(whole / 7).float())
        self.picked = nn.Parameter(torch.as_tensor(whole[whole > 9]).float())
        self.legacy = nn.Parameter((steps.double() / 3).type(torch.FloatTensor))
        self.drawn = nn.Parameter(torch.randn(5).double().type(torch.FloatTensor))


class Slopes(nn.Module):
    def __init__(self):
        super().__init__()
        steps = torch.linspace(-3, 5, 37)
        self.leaky = nn.Parameter(F.leaky_relu(steps, 0.1))
        self.hard = nn.Parameter(F.hardswish(steps))
        self.floored = nn.Parameter(steps.double() // 0.3)


class InOneStep(nn.Module):
    def __init__(self):
        super().__init__()
        steps = torch.linspace(-3, 5, 37)
        self.between = nn.Parameter(torch.lerp(steps, steps + 1, 0.3))
        self.products = nn.Parameter(torch.addcmul(steps, steps, steps, value=0.3))
        self.drawn = nn.Parameter(torch.rand(20).lerp(torch.zeros(20), 0.3))


class AddsDrawn(nn.Module):
    def __init__(self):
        super().__init__()
        self.scaled = nn.Parameter(torch.rand(20).add_(0.1, alpha=3))


class HearsNothing(nn.Module):
    """What lies in the bias of the convolution is not known, and nothing is drawn for it."""

    def __init__(self, fills=False):
        super().__init__()
        self.first = nn.Conv1d(2, 4, 3, bias=False)
        self.empty = nn.Conv1d(0, 4, 3)
        self.linear = nn.Linear(0, 3)
        self.last = nn.Conv1d(2, 4, 3)
        if fills:
            nn.init.zeros_(self.empty.bias)


EXACT = ["DividesNumbers()", "Powers()", "AddsScaled()", "WholeNumbers()", "HearsNothing(fills=True)", "AddsDrawn()"]
INEXACT = ["Slopes()", "InOneStep()"]
