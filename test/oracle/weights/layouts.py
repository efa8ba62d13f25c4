"""Networks that draw into memory that does not lie in the order of its indices."""
import torch
from torch import nn


class Views(nn.Module):
    """Reshaped where memory allows, copied otherwise."""

    def __init__(self):
        super().__init__()
        self.merged = nn.Parameter(torch.randn(3, 20, 30).permute(2, 0, 1).reshape(30, 60))
        self.copied = nn.Parameter(torch.randn(3, 20, 30).permute(2, 0, 1).reshape(90, 20))
        self.split = nn.Parameter(torch.randn(30, 20).t().reshape(4, 5, 30))
        self.ordered = nn.Parameter(torch.randn(30, 20).t().contiguous())
        self.turned = nn.Parameter(torch.empty(30, 20).t())
        for parameter in self.parameters():
            nn.init.normal_(parameter)
        self.fc = nn.Linear(5, 4)
        self.fc.weight.data = self.fc.weight.data.t().contiguous().t()
        nn.init.uniform_(self.fc.weight)


class Kept(nn.Module):
    """What is computed of transposed tensors is laid out as they are; by index it is what it is."""

    def __init__(self):
        super().__init__()
        turned = torch.randn(30, 20).t()
        self.doubled = nn.Parameter(turned * 2)
        self.cloned = nn.Parameter(turned.clone())
        self.fc = nn.Linear(3, 2)


def drawn(make):
    layer = nn.Linear(20, 30)
    layer.weight = nn.Parameter(make(torch.randn(30, 20).t()))
    nn.init.xavier_uniform_(layer.weight)
    return layer


EXACT = ["Views()", "Kept()", "drawn(lambda x: x)", "drawn(lambda x: x.contiguous())"]
INEXACT = [
    "drawn(lambda x: x * 2)",
    "drawn(torch.clone)",
    "drawn(torch.abs)",
    "drawn(torch.rand_like)",
    "drawn(torch.empty_like)",
    "drawn(lambda x: x.double().float())",
    "drawn(lambda x: x + torch.rand(20, 30))",
]
