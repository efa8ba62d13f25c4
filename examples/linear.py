"""One linear layer, started four ways."""

import torch.nn as nn


class Zeros(nn.Module):
    """Every row of the weight is the same, and stays so. The bias may be zero."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(784, 10)
        nn.init.zeros_(self.fc.weight)
        nn.init.zeros_(self.fc.bias)

    def forward(self, x):
        return self.fc(x.flatten(1))


class SmallNormal(nn.Module):
    """A standard deviation taken from habit, whatever the size of the layer."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(784, 10)
        nn.init.normal_(self.fc.weight, mean=0, std=0.01)
        nn.init.normal_(self.fc.bias, mean=0, std=0.01)

    def forward(self, x):
        return self.fc(x.flatten(1))


class Xavier(nn.Module):
    """Variance 2 / (fan_in + fan_out): between what activations and gradients ask for."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(784, 10)
        nn.init.xavier_normal_(self.fc.weight)
        nn.init.zeros_(self.fc.bias)

    def forward(self, x):
        return self.fc(x.flatten(1))


class Kaiming(nn.Module):
    """Variance 2 / fan_in: what a ReLU behind the layer asks for."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(784, 10)
        nn.init.kaiming_normal_(self.fc.weight, mode="fan_in", nonlinearity="relu")
        nn.init.zeros_(self.fc.bias)

    def forward(self, x):
        return self.fc(x.flatten(1))
