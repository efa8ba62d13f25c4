"""What is shared counts once, under its first name."""
import torch
from torch import nn


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(5, 4)
        self.shared = nn.Linear(4, 4)
        self.again = self.shared
        self.head = nn.Linear(4, 5, bias=False)
        self.head.weight = self.embed.weight
        self.list = nn.ModuleList([self.shared] * 2)


net = Tied()
result = [
    [name for name, _ in net.named_parameters()],
    [name for name, _ in net.named_modules()],
    len(list(net.modules())),
    net.head.weight is net.embed.weight,
    list(net.state_dict().keys()),
    [name for name, _ in net.named_modules(remove_duplicate=False)],
    sum(p.numel() for p in net.parameters()),
]
