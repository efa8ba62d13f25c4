"""Where values lie: views, other element types, generators, seeds inside the code, slots that are deleted and set again."""
import copy
import math

import numpy as np
import torch
from torch import nn


class Views(nn.Module):
    def __init__(self):
        super().__init__()
        self.wide = nn.Parameter(torch.empty(6, 40))
        nn.init.normal_(self.wide[:3], std=0.5)
        nn.init.uniform_(self.wide.t()[:, 3:], -1, 1)
        self.column = nn.Parameter(torch.zeros(5, 7))
        self.column.data[:, 2].normal_()
        self.flipped = nn.Parameter(torch.randn(4, 30).t() * 0.02 + 1)
        self.joined = nn.Parameter(torch.cat([torch.rand(3, 4), torch.zeros(2, 4)]))


class Types(nn.Module):
    def __init__(self, dtype):
        super().__init__()
        self.layer = nn.Linear(20, 6, dtype=dtype)
        self.own = nn.Parameter(torch.empty(9, dtype=dtype).uniform_(-1, 1))
        self.after = nn.Linear(6, 2)


class Generators(nn.Module):
    def __init__(self):
        super().__init__()
        own = torch.Generator().manual_seed(3)
        self.own = nn.Parameter(torch.randn(30, generator=own))
        self.again = nn.Parameter(torch.rand(7, generator=own))
        self.register_buffer("noise", torch.randn(5))
        self.ours = nn.Parameter(torch.randn(4))
        torch.manual_seed(11)
        self.seeded = nn.Linear(3, 3)
        state = torch.get_rng_state()
        self.once = nn.Linear(3, 3)
        torch.set_rng_state(state)
        self.twice = nn.Linear(3, 3)
        with torch.random.fork_rng():
            torch.manual_seed(1)
            self.inside = nn.Linear(3, 3)
        self.outside = nn.Linear(3, 3)


class Slots(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(3, 3)
        self.b = nn.Parameter(torch.ones(2))
        self.register_parameter("late", None)
        self.c = nn.ModuleDict({"x": nn.Linear(2, 2), "y": nn.PReLU()})
        self.d = nn.ParameterList([nn.Parameter(torch.randn(2)) for _ in range(2)])
        del self.a
        self.a = nn.Linear(3, 2)
        self.late = nn.Parameter(torch.rand(3))
        self.b = nn.Parameter(torch.zeros(2))
        self.e = nn.ParameterDict({"p": nn.Parameter(torch.randn(3))})
        del self.c["x"]
        self.f = copy.deepcopy(self.c)


class Lazy(nn.Module):
    """Materialized by a forward in the constructor."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.LazyConv2d(4, 3), nn.ReLU(), nn.Flatten(), nn.LazyLinear(5))
        self.features(torch.zeros(1, 3, 8, 8))
        self.head = nn.Linear(5, 2)


class Shapes(nn.Module):
    """Initializers of a shape of their own."""

    def __init__(self):
        super().__init__()
        self.one = nn.Linear(4, 4)
        nn.init.eye_(self.one.weight)
        self.same = nn.Conv1d(4, 8, 3)
        nn.init.dirac_(self.same.weight, groups=2)
        self.thin = nn.Linear(9, 20)
        nn.init.sparse_(self.thin.weight, sparsity=0.3, std=0.02)
        self.cut = nn.Linear(9, 20)
        nn.init.trunc_normal_(self.cut.weight, std=0.02)


class Waves(nn.Module):
    """Computed at once, in torch's own vector code."""

    def __init__(self):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(5, 6))
        self.table.data[:, 0::2] = torch.sin(torch.arange(5).float()[:, None] * torch.arange(3))


class Angles(nn.Module):
    """The usual tables of positions, and values all over the range."""

    def __init__(self, positions=50, size=64):
        super().__init__()
        position = torch.arange(0, positions).float().unsqueeze(1)
        scale = (torch.arange(0, size, 2).float() * -(math.log(10000.0) / size)).exp()
        table = torch.zeros(positions, size)
        table[:, 0::2] = torch.sin(position * scale)
        table[:, 1::2] = torch.cos(position * scale)
        self.table = nn.Parameter(table, requires_grad=False)
        self.sines = nn.Parameter(torch.linspace(-123, 123, 999).sin())
        self.cosines = nn.Parameter(torch.linspace(-123, 123, 999).cos())
        self.powers = nn.Parameter(torch.linspace(-79, 79, 999).exp())
        self.few = nn.Parameter(torch.tensor([0.0, -0.0, 1e-8, -1e-30, 0.3]).sin_())
        self.listed = nn.Parameter(torch.tensor([torch.cos(torch.tensor(it)) for it in (1.0, 2.0)]))
        self.layer = nn.Linear(3, 3)


class Elementary(nn.Module):
    """Functions that torch computes in vector code, of numbers that are known and of numbers that are drawn."""

    def __init__(self, states=16):
        super().__init__()
        self.powers = nn.Parameter(torch.linspace(-110, 88, 999).exp())
        self.decays = nn.Parameter(torch.log(torch.arange(1, states + 1).float()).repeat(3, 1))
        self.logarithms = nn.Parameter(torch.cat([torch.linspace(0.01, 60, 999), torch.tensor([1e-40, 3e38])]).log())
        self.shifted = nn.Parameter(torch.linspace(-0.99, 9, 999).log1p())
        self.less = nn.Parameter(torch.linspace(-20, 88, 999).expm1())
        self.bent = nn.Parameter(torch.linspace(-10, 10, 999).tanh())
        self.widths = nn.Parameter(torch.exp(torch.randn(40) * 3))
        self.heights = nn.Parameter(torch.rand(30, 4).log_())
        steps = torch.exp(torch.rand(24) * (math.log(0.1) - math.log(0.001)) + math.log(0.001)).clamp(min=1e-4)
        self.steps = nn.Parameter(steps + torch.log(-torch.expm1(-steps)))
        self.layer = nn.Linear(3, 3)


class FarWaves(nn.Module):
    """Beyond the range where turns are taken off in the simple way."""

    def __init__(self):
        super().__init__()
        self.table = nn.Parameter(torch.arange(300.0).sin())


class Bent(nn.Module):
    """One function that is known to the bit, then one that is not."""

    def __init__(self):
        super().__init__()
        self.table = nn.Parameter(torch.arange(9.0).sin())
        self.table.data[3] = torch.erf(torch.tensor(2.0))


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Parameter(torch.tensor([torch.erf(torch.tensor(it)) for it in (1.0, 2.0)]))


class Numbers(nn.Module):
    """numpy has a generator of its own."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(3, 3)
        self.second = nn.Linear(3, 3)
        self.second.weight.data.copy_(torch.from_numpy(np.random.randn(3, 3)))


class Evaluated(nn.Module):
    def __init__(self, kind="nn.Linear"):
        super().__init__()
        self.layer = eval(kind)(3, 4)
        exec("self.other = nn.Conv1d(2, 3, 1)")


class Compiled(torch.jit.ScriptModule):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 4)
        self.norm = nn.BatchNorm1d(4)

    @torch.jit.script_method
    def forward(self, x):
        return self.norm(self.layer(x))


EXACT = [
    "Views()",
    "Types(torch.bfloat16)",
    "Types(torch.float64)",
    "Generators()",
    "Slots()",
    "Lazy()",
    "Shapes()",
    "Evaluated()",
    "Compiled()",
    "Waves()",
    "Angles()",
    "Elementary()",
]
INEXACT = ["FarWaves()", "Bent()", "Listed()", "Numbers()"]
