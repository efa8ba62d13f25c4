"""Networks of modules that draw while they are imported."""
from torch import nn
from zoo.early import features, head


class Early(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = features
        self.head = head(3)


class After(nn.Module):
    """The draws of the import come before the seed, whenever its names are asked for."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(2, 4)
        self.head = head(3)


EXACT = ["After()"]
INEXACT = ["Early()"]
