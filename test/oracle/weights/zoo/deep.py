"""Takes two names from the package that is half imported."""
from torch import nn
from zoo import Base, Tall


class Deep(Base):
    def __init__(self):
        super().__init__()
        self.inner = Tall()
        self.last = nn.Linear(3, 3)
