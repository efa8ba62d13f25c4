"""Names after weight_norm, spectral_norm and parametrizations."""
import torch
from torch import nn
from torch.nn.utils import parametrize, parametrizations, remove_weight_norm, spectral_norm, weight_norm


class Symmetric(nn.Module):
    def forward(self, x):
        return x.triu() + x.triu(1).transpose(-1, -2)


def names(module):
    return [(name, tuple(p.shape)) for name, p in module.named_parameters()]


weighted = weight_norm(nn.Conv1d(2, 3, 5))
every = weight_norm(nn.Linear(3, 4), dim=None)
back = remove_weight_norm(weight_norm(nn.Linear(3, 4)))
spectral = spectral_norm(nn.Conv2d(2, 3, 1))
transposed = spectral_norm(nn.ConvTranspose2d(2, 3, 1))
modern = parametrizations.spectral_norm(nn.Linear(3, 4))
own = nn.Linear(3, 3)
parametrize.register_parametrization(own, "weight", Symmetric())
result = [
    names(weighted),
    names(every),
    names(back),
    names(spectral),
    [(name, tuple(b.shape)) for name, b in spectral.named_buffers()],
    [(name, tuple(b.shape)) for name, b in transposed.named_buffers()],
    names(modern),
    [(name, tuple(b.shape)) for name, b in modern.named_buffers()],
    names(own),
    type(own).__name__,
    isinstance(own, nn.Linear),
    parametrize.is_parametrized(own),
    tuple(own.weight.shape),
    names(nn.Sequential(own, weighted)),
]
