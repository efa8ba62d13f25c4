"""Layers behave as classes: derived from, reset, overridden."""
import math

import torch
from torch import nn
from torch.nn import init


class Scaled(nn.Linear):
    def __init__(self, width, **options):
        super().__init__(width, 2 * width, **options)
        self.gain = nn.Parameter(torch.ones(1))

    def reset_parameters(self):
        super().reset_parameters()
        with torch.no_grad():
            self.weight.fill_(0.5)


class Own(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.weight = nn.Parameter(torch.Tensor(a, b))
        self.bias = nn.Parameter(torch.empty(b))
        self.reset_parameters()

    def reset_parameters(self):
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        fan_in, fan_out = init._calculate_fan_in_and_fan_out(self.weight)
        self.fans = (fan_in, fan_out, init._calculate_correct_fan(self.weight, "fan_out"))
        init.uniform_(self.bias, -1 / math.sqrt(fan_in), 1 / math.sqrt(fan_in))


class Norm(nn.modules.batchnorm._BatchNorm):
    def _check_input_dim(self, x):
        return


scaled = Scaled(3, bias=False)
layer = nn.Conv2d(3, 8, 3, stride=2, padding=(1, 0), groups=1)
result = [
    [(name, tuple(p.shape)) for name, p in scaled.named_parameters()],
    scaled.weight[0, 0].item(),
    scaled.in_features,
    isinstance(scaled, nn.Linear),
    Own(4, 6).fans,
    [name for name, _ in Norm(4).named_parameters()],
    isinstance(layer, nn.modules.conv._ConvNd),
    (layer.stride, layer.padding, layer.dilation, layer.groups, layer.bias is None),
    issubclass(nn.LSTM, nn.RNNBase),
    nn.Linear.__name__,
    type(layer).__module__,
    nn.Linear(2, 2).weight.requires_grad,
    len(list(nn.LSTM(2, 3, 2, bidirectional=True).parameters())),
]
