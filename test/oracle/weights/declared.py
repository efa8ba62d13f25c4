"""Networks whose arguments are declared: classes of attrs, and of dataclasses."""
from typing import ClassVar

import attr
import attrs
import torch
from torch import nn


@attr.s(eq=False, repr=False)
class Block(nn.Module):
    n_in: int = attr.ib(validator=lambda instance, attribute, value: value >= 1)
    n_out: int = attr.ib()
    plain: int = 3
    _scale = attr.ib(default="2", converter=float)
    sizes = attr.ib(default=attr.Factory(lambda: [2, 3]))
    hidden = attr.ib(init=False)

    @hidden.default
    def _hidden(self):
        return self.n_in * 2

    def __attrs_post_init__(self):
        super().__init__()
        self.path = nn.Sequential(nn.Linear(self.n_in, self.hidden), nn.Linear(self.hidden, self.n_out))
        self.gain = nn.Parameter(torch.full((self.plain,), self._scale))
        self.more = nn.ModuleList([nn.Linear(size, 1) for size in self.sizes])


@attr.s(eq=False, repr=False)
class Wider(Block):
    extra = attr.ib(default=5, kw_only=True)

    def __attrs_post_init__(self):
        super().__attrs_post_init__()
        self.last = nn.Linear(self.n_out, self.extra)


@attrs.define
class Settings:
    width: int = 4
    depths: list = attrs.field(factory=lambda: [1, 2])
    kind: ClassVar[str] = "plain"


class Configured(nn.Module):
    def __init__(self, settings=Settings(width=3)):
        super().__init__()
        settings = attrs.evolve(settings, depths=settings.depths + [3])
        self.layers = nn.ModuleList([nn.Linear(settings.width, depth) for depth in settings.depths])
        self.named = nn.ParameterDict({it.name: torch.zeros(1) for it in attrs.fields(Settings)})


class Quantizable(nn.Module):
    """Arithmetic as layers, for a network that may be quantized."""

    def __init__(self):
        super().__init__()
        self.skip = nn.quantized.FloatFunctional()
        self.inner = nn.Linear(3, 3)
        self.join = torch.ao.nn.quantized.FXFloatFunctional()
        self.last = nn.Linear(3, len(list(self.modules())))

    def forward(self, x):
        return self.last(self.join.cat([self.skip.add_relu(self.inner(x), x)], 1))


EXACT = ["Block(2, 3)", "Wider(2, n_out=3, scale='1.5', extra=6)", "Configured()", "Quantizable()"]
