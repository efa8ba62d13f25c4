"""What constructors of layers and registrations refuse, and what they say."""
import torch
from torch import nn


def said(build):
    try:
        build()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "nothing"


net = nn.Module()
result = [
    said(lambda: nn.Conv2d(3, 4, 3, groups=2)),
    said(lambda: nn.Conv1d(4, 3, 3, groups=2)),
    said(lambda: nn.ConvTranspose2d(4, 3, 3, groups=2)),
    said(lambda: nn.ConvTranspose3d(4, 4, 3, padding_mode="reflect")),
    said(lambda: nn.Conv2d(4, 4, 3, padding="same", stride=2)),
    said(lambda: nn.Conv2d(4, 4, 3, padding="same", padding_mode="reflect")),
    said(lambda: nn.GroupNorm(3, 4)),
    said(lambda: nn.MultiheadAttention(7, 2)),
    said(lambda: nn.TransformerEncoderLayer(8, 3)),
    said(lambda: nn.TransformerDecoderLayer(8, 2, activation="tanh")),
    said(lambda: nn.Linear(-1, 3)),
    said(lambda: nn.BatchNorm2d(-3)),
    said(lambda: nn.Dropout(1.5)),
    said(lambda: nn.AlphaDropout(-0.5)),
    said(lambda: nn.LSTM(3, 4, 2, dropout=2)),
    said(lambda: nn.LSTM(3, 4, proj_size=5)),
    said(lambda: nn.LSTM(3, 4, proj_size=-1)),
    said(lambda: nn.RNN(3, 4, nonlinearity="gelu")),
    said(lambda: nn.Embedding(3, 4, padding_idx=5)),
    said(lambda: nn.EmbeddingBag(3, 4, padding_idx=-4)),
    said(lambda: nn.AdaptiveLogSoftmaxWithLoss(8, 20, [5, 5])),
    said(lambda: nn.AdaptiveLogSoftmaxWithLoss(8, 20, [5, 20])),
    said(lambda: nn.Sequential(3)),
    said(lambda: nn.Sequential(nn.ReLU)),
    said(lambda: nn.ModuleList([int])),
    said(lambda: nn.ModuleDict({"a.b": nn.Linear(2, 2)})),
    said(lambda: nn.ModuleDict({"": nn.Linear(2, 2)})),
    said(lambda: net.register_parameter("a.b", None)),
    said(lambda: net.register_parameter("a", "b")),
    said(lambda: net.register_buffer("", torch.ones(2))),
    said(lambda: net.register_buffer("x", 3)),
    said(lambda: net.add_module("x", 3)),
    said(lambda: net.add_module("x", None)),
]
