"""What torch refuses, by the class of the exception."""
import torch
from torch import nn
from torch.nn import init


def outcome(run):
    try:
        run()
        return "fine"
    except Exception as error:
        return type(error).__name__


class Early(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(1, 1)


class EarlyParameter(nn.Module):
    def __init__(self):
        self.w = nn.Parameter(torch.zeros(1))


linear = nn.Linear(4, 6)
conv = nn.Conv2d(4, 6, 3)
bare = nn.Linear(2, 2, bias=False)
result = [
    outcome(Early),
    outcome(EarlyParameter),
    outcome(lambda: setattr(linear, "weight", torch.zeros(3))),
    outcome(lambda: setattr(nn.Sequential(linear), "0", 3)),
    outcome(lambda: linear.register_parameter("x", torch.zeros(1))),
    outcome(lambda: linear.missing),
    outcome(lambda: nn.Linear(3)),
    outcome(lambda: nn.Linear(3, 4, bais=False)),
    outcome(lambda: nn.Sequential(linear)[3]),
    outcome(lambda: nn.Module()(1)),
    outcome(lambda: init.xavier_uniform_(linear.bias)),
    outcome(lambda: init.kaiming_normal_(nn.BatchNorm2d(3).weight)),
    outcome(lambda: init.orthogonal_(linear.bias)),
    outcome(lambda: init.eye_(conv.weight)),
    outcome(lambda: init.dirac_(linear.weight)),
    outcome(lambda: init.dirac_(conv.weight, groups=4)),
    outcome(lambda: init.sparse_(conv.weight, 0.1)),
    outcome(lambda: init.sparse_(linear.weight)),
    outcome(lambda: init.kaiming_normal_(linear.weight, mode="fanin")),
    outcome(lambda: init.kaiming_normal_(linear.weight, mode="FAN_IN")),
    outcome(lambda: init.kaiming_normal_(linear.weight, nonlinearity="gelu")),
    outcome(lambda: init.kaiming_normal_(linear.weight, "fan_out")),
    outcome(lambda: init.kaiming_normal_(linear.weight, "fan_out", nonlinearity="relu")),
    outcome(lambda: init.xavier_normal_(linear.weight, "relu")),
    outcome(lambda: init.xavier_normal_(linear.weight, nonlinearity="relu")),
    outcome(lambda: init.normal_(linear.weight, 0, -1)),
    outcome(lambda: init.uniform_(linear.weight, 1, -1)),
    outcome(lambda: init.zeros_(bare.bias)),
    outcome(lambda: init.xavier_uniform_(linear)),
    outcome(lambda: init.calculate_gain("gelu")),
    outcome(lambda: init.calculate_gain("leaky_relu", 0.2)),
    outcome(lambda: init.zeros(linear.weight)),
    outcome(lambda: init.kaiming_uniform_(nn.LazyLinear(3).weight)),
    outcome(lambda: init.trunc_normal_(linear.weight, std=0.02)),
]
