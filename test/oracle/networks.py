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
    "resnet18": ("torchvision.models.resnet", "resnet18()", IMAGE),
    "vgg11": ("torchvision.models.vgg", "vgg11()", (1, 3, 224, 224)),
    "densenet121": ("torchvision.models.densenet", "densenet121()", IMAGE),
    "vit_b_16": ("torchvision.models.vision_transformer", "vit_b_16()", (1, 3, 224, 224)),
}
