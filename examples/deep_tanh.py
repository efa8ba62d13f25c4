"""Eight layers with tanh, started four ways."""

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
            x = F.tanh(layer(x))
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
    """What tanh asks for, up to a factor near one."""

    def __init__(self):
        super().__init__()
        for layer in self.hidden:
            nn.init.xavier_normal_(layer.weight)
            nn.init.zeros_(layer.bias)


class Kaiming(Stack):
    """Meant for ReLU: under tanh the units saturate."""

    def __init__(self):
        super().__init__()
        for layer in self.hidden:
            nn.init.kaiming_normal_(layer.weight, mode="fan_in", nonlinearity="relu")
            nn.init.zeros_(layer.bias)
