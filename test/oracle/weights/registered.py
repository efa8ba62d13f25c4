"""Networks by name, out of a registry that goes through a folder to fill itself."""
from torch import nn

import stock


def create(name, width=5):
    return stock.networks[name](width)


class Counted(nn.Module):
    """As many layers as there are files."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, size) for size in stock.COUNTS])


EXACT = ["create('flat')", "create('deep')", "create('own')", "create('wide')", "Counted()"]
