"""Networks whose signal real torch and the theory are compared on: `NETWORKS` names them and the inputs that they take."""
import torch
from torch import nn

DEPTH = 20
WIDTH = 256

ACTIVATIONS = {
    "tanh": nn.Tanh,
    "relu": nn.ReLU,
    "selu": nn.SELU,
    "sigmoid": nn.Sigmoid,
    "gelu": nn.GELU,
    "silu": nn.SiLU,
}


def initialize(linear, scheme):
    if scheme == "xavier":
        nn.init.xavier_normal_(linear.weight)
    elif scheme == "kaiming":
        nn.init.kaiming_normal_(linear.weight, nonlinearity="relu")
    elif scheme == "small":
        nn.init.normal_(linear.weight, 0, 0.01)
    if scheme != "default":
        nn.init.zeros_(linear.bias)


class Mlp(nn.Module):
    def __init__(self, activation, scheme):
        super().__init__()
        layers = []
        for _ in range(DEPTH):
            linear = nn.Linear(WIDTH, WIDTH)
            initialize(linear, scheme)
            layers += [linear, ACTIVATIONS[activation]()]
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)


class Vgg(nn.Module):
    def __init__(self, plan=(64, 64, "M", 128, 128, "M", 256, 256, "M"), classes=10):
        super().__init__()
        layers = []
        channels = 3
        for width in plan:
            if width == "M":
                layers.append(nn.MaxPool2d(2))
                continue
            convolution = nn.Conv2d(channels, width, 3, padding=1)
            nn.init.kaiming_normal_(convolution.weight, nonlinearity="relu")
            nn.init.zeros_(convolution.bias)
            layers += [convolution, nn.ReLU()]
            channels = width
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels * 4 * 4, classes)

    def forward(self, x):
        return self.classifier(torch.flatten(self.features(x), 1))


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.relu2 = nn.ReLU()
        self.shortcut = nn.Conv2d(inputs, outputs, 1, stride, bias=False) if stride != 1 else nn.Identity()
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x):
        y = self.relu1(self.bn1(self.conv1(x)))
        return self.relu2(self.bn2(self.conv2(y)) + self.shortcut(x))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        widths = [(32, 32, 1), (32, 32, 1), (32, 64, 2), (64, 64, 1), (64, 128, 2), (128, 128, 1)]
        self.stem = nn.Conv2d(3, 32, 3, padding=1)
        self.blocks = nn.Sequential(*[BasicBlock(*it) for it in widths])
        self.head = nn.Linear(128, 10)

    def forward(self, x):
        return self.head(self.blocks(self.stem(x)).mean(dim=(2, 3)))


class Block(nn.Module):
    def __init__(self, width, heads, is_pre):
        super().__init__()
        self.is_pre = is_pre
        self.norm1 = nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.norm2 = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, 4 * width)
        self.activation = nn.GELU()
        self.fc2 = nn.Linear(4 * width, width)

    def attend(self, x):
        return self.attention(x, x, x, need_weights=False)[0]

    def forward(self, x):
        if self.is_pre:
            x = x + self.attend(self.norm1(x))
            return x + self.fc2(self.activation(self.fc1(self.norm2(x))))
        x = self.norm1(x + self.attend(x))
        return self.norm2(x + self.fc2(self.activation(self.fc1(x))))


class Transformer(nn.Module):
    def __init__(self, is_pre, depth=6, width=256, heads=8):
        super().__init__()
        self.blocks = nn.ModuleList([Block(width, heads, is_pre) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)
        self.apply(self._init_weights)

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02)
            nn.init.zeros_(module.bias)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return self.norm(x)


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.up1 = nn.ConvTranspose2d(64, 64, 4, 2, 1)
        self.relu1 = nn.ReLU()
        self.up2 = nn.ConvTranspose2d(64, 32, 3, 2, 1, output_padding=1, groups=2, bias=False)
        self.relu2 = nn.ReLU()
        self.up3 = nn.ConvTranspose2d(32, 8, 3, dilation=2)

    def forward(self, x):
        return self.up3(self.relu2(self.up2(self.relu1(self.up1(x)))))


def drop_path(x, probability, training):
    if probability == 0 or not training:
        return x
    keep = 1 - probability
    mask = x.new_empty((x.shape[0],) + (1,) * (x.ndim - 1)).bernoulli_(keep)
    return x * mask.div_(keep)


class DepthBlock(nn.Module):
    def __init__(self, width, probability):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, 2 * width)
        self.activation = nn.GELU()
        self.fc2 = nn.Linear(2 * width, width)
        self.probability = probability

    def forward(self, x):
        y = self.fc2(self.activation(self.fc1(self.norm(x))))
        return x + drop_path(y, self.probability, self.training)


class StochasticDepth(nn.Module):
    def __init__(self, depth=8, width=128):
        super().__init__()
        self.blocks = nn.Sequential(*[DepthBlock(width, 0.5 * index / (depth - 1)) for index in range(depth)])
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        return self.head(self.blocks(x))


class WindowAttention(nn.Module):
    def __init__(self, width=128, heads=4, window=6):
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.table = nn.Parameter(torch.zeros((2 * window - 1) ** 2, heads))
        nn.init.trunc_normal_(self.table, std=0.02)
        self.proj = nn.Linear(width, width)
        axis = torch.arange(window)
        places = torch.stack(torch.meshgrid(axis, axis, indexing="ij")).flatten(1)
        apart = places[:, :, None] - places[:, None, :] + window - 1
        self.register_buffer("index", apart[0] * (2 * window - 1) + apart[1])

    def forward(self, x):
        samples, tokens, width = x.shape
        qkv = self.qkv(self.norm(x)).reshape(samples, tokens, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        scores = (q @ k.transpose(-2, -1)) * (width // self.heads) ** -0.5
        bias = self.table[self.index.view(-1)].view(tokens, tokens, self.heads)
        scores = (scores + bias.permute(2, 0, 1).unsqueeze(0)).softmax(dim=-1)
        y = (scores @ v).transpose(1, 2).reshape(samples, tokens, width)
        return x + self.proj(y)


class Recurrent(nn.Module):
    """Stacked and in both directions; the head reads the last states and the mean of all outputs."""

    def __init__(self, kind, width=64, **options):
        super().__init__()
        self.embed = nn.Linear(32, 48)
        self.rnn = getattr(nn, kind)(48, width, num_layers=2, bidirectional=True, batch_first=True, **options)
        self.head = nn.Linear(4 * width, 10)

    def forward(self, x):
        outputs, state = self.rnn(self.embed(x))
        last = state[0] if isinstance(state, tuple) else state
        return self.head(torch.cat([outputs.mean(1), last[-1], last[-2]], dim=1))


class Cells(nn.Module):
    """A loop of cells that start from zeros, one on top of the other."""

    def __init__(self, width=64):
        super().__init__()
        self.lower = nn.LSTMCell(32, width)
        self.upper = nn.GRUCell(width, width)
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        hidden = torch.zeros(x.size(0), 64)
        cell = torch.zeros(x.size(0), 64)
        top = torch.zeros(x.size(0), 64)
        for position in range(x.size(1)):
            hidden, cell = self.lower(x[:, position], (hidden, cell))
            top = self.upper(hidden, top)
        return self.head(top)


class HandGate(nn.Module):
    """A recurrence of plain layers, as tutorials write it."""

    def __init__(self, width=64):
        super().__init__()
        self.update = nn.Linear(32 + width, width)
        self.fresh = nn.Linear(32 + width, width)
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        hidden = torch.zeros(x.size(0), 64)
        for position in range(x.size(1)):
            both = torch.cat([x[:, position], hidden], dim=1)
            share = torch.sigmoid(self.update(both))
            hidden = (1 - share) * torch.tanh(self.fresh(both)) + share * hidden
        return self.head(hidden)


class Detector(nn.Module):
    """Learned queries look at a memory with positions; keys are not values."""

    def __init__(self, width=64, heads=4):
        super().__init__()
        self.position = nn.Parameter(torch.randn(1, 20, width))
        self.query = nn.Embedding(12, width)
        self.inner = nn.MultiheadAttention(width, heads, batch_first=True)
        self.cross = nn.MultiheadAttention(width, heads, dropout=0.1, batch_first=True)
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        memory = x + self.inner(x + self.position, x + self.position, x)[0]
        query = self.query.weight.unsqueeze(0).repeat(x.size(0), 1, 1)
        found = self.cross(query, memory + self.position, memory)[0]
        return self.head(self.norm(query + found))


class Translator(nn.Module):
    """A whole Transformer with a mask over what comes later; sequences first."""

    def __init__(self, width=64):
        super().__init__()
        self.transformer = nn.Transformer(width, 4, 2, 2, 128, dropout=0.1)
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        source, target = x[:16], x[16:]
        mask = torch.triu(torch.full((12, 12), float("-inf")), diagonal=1)
        return self.head(self.transformer(source, target, tgt_mask=mask))


class HandAttention(nn.Module):
    """Cross-attention by equations, with a causal mask by hand, and a norm of its own."""

    def __init__(self, width=64, heads=4, tokens=16):
        super().__init__()
        self.heads = heads
        self.to_q = nn.Linear(width, width, bias=False)
        self.to_kv = nn.Linear(width, 2 * width, bias=False)
        self.out = nn.Linear(width, width)
        self.scale = nn.Parameter(torch.ones(width))
        self.register_buffer("allowed", torch.tril(torch.ones(tokens, tokens)).bool())

    def normalized(self, x):
        mean = x.mean(-1, keepdim=True)
        return self.scale * (x - mean) / (x.std(-1, keepdim=True) + 1e-6)

    def forward(self, x):
        samples, tokens, width = x.shape
        y = self.normalized(x)
        q = self.to_q(y).view(samples, tokens, self.heads, -1)
        k, v = self.to_kv(y).view(samples, tokens, self.heads, -1).chunk(2, dim=-1)
        scores = torch.einsum("bihd,bjhd->bhij", q, k) * (width // self.heads) ** -0.5
        weights = scores.masked_fill(~self.allowed[:tokens, :tokens], float("-inf")).softmax(dim=-1)
        return x + self.out(torch.einsum("bhij,bjhd->bihd", weights, v).reshape(samples, tokens, width))


class Resized(nn.Module):
    """A map is made larger by cubes, which a simulation only stands in for."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return nn.functional.interpolate(self.first(x), scale_factor=2, mode="bicubic")


class Normed(nn.Module):
    """Weights behind fresh norms, maps that go round, and channels that become space."""

    def __init__(self, channels=16):
        super().__init__()
        self.first = nn.utils.weight_norm(nn.Conv2d(3, channels, 3, padding=1, padding_mode="circular"))
        self.activation = nn.LeakyReLU(0.1)
        self.second = nn.utils.weight_norm(nn.Conv2d(channels, 4 * channels, 3, padding=1))
        self.head = nn.Linear(channels, 10)

    def forward(self, x):
        x = nn.functional.pixel_shuffle(self.second(self.activation(self.first(x))), 2)
        return self.head(nn.functional.normalize(x, dim=1).mean(dim=(2, 3)))


class Shifted(nn.Module):
    """Maps that are padded, rolled and back, with branches that are dropped by a mask that is rounded down."""

    def __init__(self, channels=16):
        super().__init__()
        self.first = nn.Conv2d(3, channels, 3)
        self.second = nn.Conv2d(channels, channels, 3)
        self.scale = nn.Parameter(torch.full((channels,), 0.5))
        self.head = nn.Linear(channels, 10)

    def dropped(self, x, keep=0.75):
        mask = keep + torch.rand((x.shape[0], 1, 1, 1))
        mask.floor_()
        return x.div(keep) * mask

    def forward(self, x):
        x = nn.functional.interpolate(x, scale_factor=2, mode="bilinear")
        x = torch.relu(self.first(nn.functional.pad(x, (1, 1, 1, 1), mode="reflect")))
        y = self.second(nn.functional.pad(torch.roll(x, shifts=(-2, -2), dims=(2, 3)), (1, 1, 1, 1)))
        x = x + self.dropped(torch.roll(self.scale[:, None, None] * y, shifts=(2, 2), dims=(2, 3)))
        length = x.pow(2).sum(1, keepdim=True).clamp(min=1e-4).sqrt()
        return self.head((x / length).mean(dim=(2, 3)))


SCHEMES = ("xavier", "kaiming", "default", "small")
IMAGE = (4, 3, 112, 112)

# name: module, call, shape of the input
NETWORKS = {
    **{f"{a}, {s}": ("networks", f"Mlp('{a}', '{s}')", (64, WIDTH)) for a in ACTIVATIONS for s in SCHEMES},
    "VGG-like": ("networks", "Vgg()", (8, 3, 32, 32)),
    "ResNet with batch norm": ("networks", "ResNet()", (16, 3, 32, 32)),
    "Transformer, norms before": ("networks", "Transformer(True)", (4, 64, 256)),
    "Transformer, norms behind": ("networks", "Transformer(False)", (4, 64, 256)),
    "Decoder": ("networks", "Decoder()", (8, 64, 8, 8)),
    "Stochastic depth": ("networks", "StochasticDepth()", (64, 128)),
    "Window attention": ("networks", "WindowAttention()", (8, 36, 128)),
    "LSTM": ("networks", "Recurrent('LSTM', dropout=0.2)", (8, 24, 32)),
    "GRU": ("networks", "Recurrent('GRU')", (8, 24, 32)),
    "RNN": ("networks", "Recurrent('RNN', nonlinearity='relu')", (8, 24, 32)),
    "Cells": ("networks", "Cells()", (8, 12, 32)),
    "Recurrence by hand": ("networks", "HandGate()", (8, 12, 32)),
    "Detector": ("networks", "Detector()", (4, 20, 64)),
    "Translator": ("networks", "Translator()", (28, 4, 64)),
    "Attention by hand": ("networks", "HandAttention()", (8, 16, 64)),
    "Shifted maps": ("networks", "Shifted()", (8, 3, 16, 16)),
    "Weight norms": ("networks", "Normed()", (8, 3, 16, 16)),
    "resnet18": ("torchvision.models.resnet", "resnet18()", IMAGE),
    "vgg11": ("torchvision.models.vgg", "vgg11()", (1, 3, 224, 224)),
    "densenet121": ("torchvision.models.densenet", "densenet121()", IMAGE),
    "vit_b_16": ("torchvision.models.vision_transformer", "vit_b_16()", (1, 3, 224, 224)),
}
