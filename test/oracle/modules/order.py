"""Own parameters before children; slots keep their place, what is deleted goes last."""
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 3)
        self.scale = nn.Parameter(torch.ones(4))
        self.register_parameter("later", None)
        self.shift = nn.Parameter(torch.zeros(4))
        self.scale = nn.Parameter(torch.ones(5))
        self.later = nn.Parameter(torch.zeros(6))
        self.conv = nn.Conv1d(1, 2, 3)
        self.fc = nn.Linear(4, 5, bias=False)
        del self.shift
        self.shift = nn.Parameter(torch.zeros(7))
        self.plain = 3
        self.plain = nn.Parameter(torch.zeros(8))
        self.register_buffer("mean", torch.zeros(2))
        self.mean = torch.ones(3)


net = Net()
result = [
    [(name, tuple(p.shape)) for name, p in net.named_parameters()],
    [(name, tuple(b.shape)) for name, b in net.named_buffers()],
    [name for name, _ in net.named_children()],
    list(net.state_dict().keys()),
    [name for name, _ in net.named_parameters(prefix="net", recurse=False)],
]
