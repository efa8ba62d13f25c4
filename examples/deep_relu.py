"""Eight layers with ReLU, started four ways."""

import torch.nn as nn
import torch.nn.functional as F

WIDTH = 256
DEPTH = 8


class Stack(nn.Module):
    """Eight layers of width 256 and a head for ten classes."""

    def __init__(self):
        super().__init__()
        sizes = [784] + [WIDTH] * DEPTH
        self.hidden = nn.ModuleList(nn.Linear(size, WIDTH) for size in sizes[:-1])
        self.head = nn.Linear(WIDTH, 10)

    def forward(self, x):
        x = x.flatten(1)
        for layer in self.hidden:
            x = F.relu(layer(x))
        return self.head(x)


class Zeros(Stack):
    """All units of a layer compute the same, and learn the same."""

    def __init__(self):
        super().__init__()
        for layer in self.hidden:
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)


class SmallNormal(Stack):
    """Each layer leaves a tenth of the signal."""

    def __init__(self):
        super().__init__()
        for layer in self.hidden:
            nn.init.normal_(layer.weight, mean=0, std=0.01)
            nn.init.normal_(layer.bias, mean=0, std=0.01)


class Xavier(Stack):
    """The ReLU halves the second moment, and Xavier does not make up for it."""

    def __init__(self):
        super().__init__()
        for layer in self.hidden:
            nn.init.xavier_normal_(layer.weight)
            nn.init.zeros_(layer.bias)


class Kaiming(Stack):
    """The ReLU halves the second moment, and the gain of √2 doubles it again."""

    def __init__(self):
        super().__init__()
        for layer in self.hidden:
            nn.init.kaiming_normal_(layer.weight, mode="fan_in", nonlinearity="relu")
            nn.init.zeros_(layer.bias)


def init_weights(module):
    """Called by `apply` with every module of a network."""
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        nn.init.zeros_(module.bias)


def build_sequential():
    """The same network as a `Sequential`, initialized through `apply`."""
    layers = []
    size = 784
    for _ in range(DEPTH):
        layers += [nn.Linear(size, WIDTH), nn.ReLU()]
        size = WIDTH
    net = nn.Sequential(nn.Flatten(), *layers, nn.Linear(size, 10))
    net.apply(init_weights)
    return net
