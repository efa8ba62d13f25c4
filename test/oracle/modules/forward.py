"""Shapes that a forward in the constructor learns."""
import torch
from torch import nn
import torch.nn.functional as F


def shape(module, *sizes):
    return tuple(module(torch.zeros(*sizes)).shape)


lazy = nn.Sequential(nn.LazyConv2d(8, 3), nn.ReLU(), nn.Flatten(), nn.LazyLinear(10))
lazy(torch.zeros(1, 3, 8, 8))
rnn = nn.LSTM(4, 6, 2, batch_first=True, bidirectional=True)
out, (h, c) = rnn(torch.zeros(2, 5, 4))
gru, state = nn.GRU(4, 6)(torch.zeros(5, 2, 4))
attention = nn.MultiheadAttention(8, 2, batch_first=True)
y, weights = attention(torch.zeros(2, 5, 8), torch.zeros(2, 7, 8), torch.zeros(2, 7, 8))
result = [
    [(name, tuple(p.shape)) for name, p in lazy.named_parameters()],
    type(lazy[0]).__name__,
    shape(nn.Linear(3, 4), 2, 5, 3),
    shape(nn.Conv2d(3, 8, 3, stride=2, padding=1), 1, 3, 32, 31),
    shape(nn.Conv1d(3, 8, 3, padding="same"), 1, 3, 32),
    shape(nn.ConvTranspose2d(3, 8, 4, stride=2, padding=1), 1, 3, 16, 16),
    shape(nn.Sequential(nn.MaxPool2d(2), nn.AdaptiveAvgPool2d(1), nn.Flatten()), 1, 3, 32, 32),
    shape(nn.AvgPool2d(3, 2, 1, ceil_mode=True), 1, 3, 32, 32),
    shape(nn.Embedding(10, 4).weight.new_zeros and nn.BatchNorm2d(3), 1, 3, 4, 4),
    shape(nn.Upsample(scale_factor=2), 1, 3, 4, 4),
    shape(nn.PixelShuffle(2), 1, 8, 4, 4),
    shape(nn.ReflectionPad2d(1), 1, 3, 4, 4),
    shape(nn.TransformerEncoderLayer(8, 2, 16), 5, 1, 8),
    tuple(out.shape),
    tuple(h.shape),
    tuple(c.shape),
    tuple(gru.shape),
    tuple(state.shape),
    tuple(y.shape),
    tuple(weights.shape),
    tuple(nn.Embedding(10, 4)(torch.zeros(2, 3, dtype=torch.long)).shape),
    tuple(nn.Bilinear(3, 4, 5)(torch.zeros(2, 3), torch.zeros(2, 4)).shape),
    tuple(nn.LSTMCell(3, 4)(torch.zeros(2, 3))[0].shape),
    tuple(nn.Transformer(8, 2, 1, 1, 16)(torch.zeros(5, 1, 8), torch.zeros(3, 1, 8)).shape),
]
