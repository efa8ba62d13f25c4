"""`apply` goes through children first, `modules` through the parent first."""
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Sequential(nn.Linear(1, 1), nn.ReLU())
        self.b = nn.Conv1d(1, 1, 1)


seen = []
net = Net()
net.apply(lambda m: seen.append(type(m).__name__))
missing = []
for name in ("a.0.weight", "b.bias", "c"):
    try:
        missing.append(tuple(net.get_parameter(name).shape))
    except AttributeError:
        missing.append("AttributeError")
result = [
    seen,
    [type(m).__name__ for m in net.modules()],
    [type(m).__name__ for m in net.children()],
    type(net.get_submodule("a.1")).__name__,
    missing,
    hasattr(net, "b"),
    hasattr(net, "c"),
    getattr(net, "c", None),
    net.training,
    net.eval().a[0].training,
    net.train() is net,
    net.to("cpu") is net,
    net._get_name(),
    "a" in dir(net),
    list(net._modules),
    [n for n, p in net.named_parameters() if p.requires_grad],
    [n for n, p in net.requires_grad_(False).named_parameters() if p.requires_grad],
]
