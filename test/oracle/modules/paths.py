"""get_submodule, get_parameter, get_buffer: what stands at a path, and what is said where nothing does."""
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
        self.note = 3


net = Net()


def said(find, path):
    try:
        return type(find(path)).__name__
    except AttributeError as error:
        return str(error)


result = [
    [said(net.get_submodule, it) for it in ("", "body", "body.0", "body.7", "note", "gone.x")],
    [said(net.get_parameter, it) for it in ("body.0.weight", "body.1.running_mean", "body.0", "x", "note", "gone.x")],
    [said(net.get_buffer, it) for it in ("body.1.running_mean", "body.0.weight", "body.1.x", "gone.x")],
]
