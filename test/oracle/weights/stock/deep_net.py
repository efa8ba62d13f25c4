"""A network that the registry finds, made of another one that it finds."""
from torch import nn

from stock import register
from stock.flat_net import Flat


@register
class Deep(nn.Sequential):
    def __init__(self, width):
        super().__init__(Flat(width), nn.ReLU(), Flat(3))
