"""Takes its base from the package that is half imported."""
from torch import nn
from zoo import Base


class Tall(Base):
    def __init__(self, width=3):
        super().__init__(width)
        self.top = nn.Linear(width, 1)
