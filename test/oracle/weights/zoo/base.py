"""What the others derive from."""
from torch import nn


class Base(nn.Module):
    def __init__(self, width=3):
        super().__init__()
        self.stem = nn.Linear(width, width)
