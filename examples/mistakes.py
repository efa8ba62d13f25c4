"""Mistakes that torch answers with an error or a warning: *Fix all* repairs every one of them."""

import torch.nn as nn
import torch.nn.functional as F


class Network(nn.Module):
    """Written from memory, and never run."""

    def __init__(self, width=256, classes=10):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, kernel_size=3, padding=1)
        self.norm = nn.BatchNorm2d(32)
        self.hidden = nn.Linear(32, width)
        self.head = nn.Linear(width, classes)
        # torch knows no gain for "gelu".
        nn.init.kaiming_normal_(self.conv.weight, nonlinearity="gelu")
        # A tensor is no condition.
        if self.conv.bias:
            nn.init.zeros_(self.conv.bias)
        # A vector has no fans.
        nn.init.xavier_uniform_(self.norm.weight)
        # A module is no tensor.
        nn.init.kaiming_uniform_(self.hidden, nonlinearity="relu")
        # The old name, which warns at every call.
        nn.init.xavier_normal(self.head.weight)

    def forward(self, x):
        x = F.gelu(self.norm(self.conv(x)))
        x = F.relu(self.hidden(x.mean((2, 3))))
        return self.head(x)
