"""Measures how signals travel through real networks, as JSON: what test/core/propagation.test.ts holds theory to.

    /usr/bin/python3 test/oracle/propagation.py > test/oracle/golden/propagation.json

Per network and layer: the root mean square of the activations and of their gradients, as means over seeds, and the
relative spread of the former; the gradient is that of a standard normal cotangent at the output.
"""
import json
import math
import sys

import torch
from torch import nn

torch.set_num_threads(1)

SEEDS = 8
WIDTH, DEPTH, BATCH = 512, 20, 256


def measured(build, batch):
    """Means over seeds, layer by layer; `build` gives a network and the modules to listen to."""
    runs = [run(build, batch, seed) for seed in range(SEEDS)]
    rows = []
    for layer in range(len(runs[0])):
        rms = torch.tensor([r[layer]["rms"] for r in runs], dtype=torch.float64)
        row = {key: sum(r[layer][key] for r in runs) / SEEDS for key in runs[0][layer]}
        row["spread"] = float(rms.std() / rms.mean())
        rows.append({key: float(f"{value:.5g}") for key, value in row.items()})
    return rows


def run(build, batch, seed):
    torch.manual_seed(seed)
    network, layers = build()
    rows = [{} for _ in layers]
    for row, layer in zip(rows, layers):
        layer.register_forward_hook(lambda _module, _inputs, output, row=row: listen(output, row))
    inputs = batch().requires_grad_(True)
    outputs = network(inputs)
    outputs.backward(torch.randn_like(outputs))
    return rows


def listen(output, row):
    values = output.detach().double()
    row["rms"] = values.pow(2).mean().sqrt().item()
    row["std"] = values.std().item()
    halves = values.flatten(1)
    row["correlation"] = (halves[0::2] * halves[1::2]).mean().item() / values.pow(2).mean().item()
    output.register_hook(lambda gradient: row.update(gradient=gradient.double().pow(2).mean().sqrt().item()))


def mlp(nonlinearity, initialize):
    def build():
        modules = []
        for _ in range(DEPTH):
            linear = nn.Linear(WIDTH, WIDTH)
            if initialize is not None:
                initialize(linear.weight)
                nn.init.zeros_(linear.bias)
            modules += [linear, nonlinearity()]
        return nn.Sequential(*modules), modules[1::2]

    return build


class Residual(nn.Module):
    def __init__(self, branch, norm, is_pre):
        super().__init__()
        self.branch, self.norm, self.is_pre = branch, norm, is_pre

    def forward(self, x):
        return x + self.branch(self.norm(x)) if self.is_pre else self.norm(x + self.branch(x))


def transformer_mlp(is_pre, std, width=256, depth=12):
    def build():
        blocks = []
        for _ in range(depth):
            branch = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
            for linear in (branch[0], branch[2]):
                nn.init.normal_(linear.weight, 0, std)
                nn.init.zeros_(linear.bias)
            blocks.append(Residual(branch, nn.LayerNorm(width), is_pre))
        return nn.Sequential(*blocks), blocks

    return build


class BasicBlock(nn.Module):
    def __init__(self, channels, has_zero_scale):
        super().__init__()
        layers = []
        for _ in range(2):
            convolution = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
            nn.init.kaiming_normal_(convolution.weight, mode="fan_out", nonlinearity="relu")
            layers += [convolution, nn.BatchNorm2d(channels), nn.ReLU()]
        self.branch = nn.Sequential(*layers[:-1])
        if has_zero_scale:
            nn.init.zeros_(self.branch[-1].weight)

    def forward(self, x):
        return torch.relu(x + self.branch(x))


def resnet(has_zero_scale, depth=8, channels=64):
    def build():
        blocks = [BasicBlock(channels, has_zero_scale) for _ in range(depth)]
        return nn.Sequential(*blocks), blocks

    return build


def vgg(plan=(64, 64, "M", 128, 128, "M", 256, 256)):
    def build():
        modules, taps, channels = [], [], 3
        for width in plan:
            if width == "M":
                modules.append(nn.MaxPool2d(2))
                taps.append(modules[-1])
                continue
            convolution = nn.Conv2d(channels, width, 3, padding=1)
            nn.init.kaiming_normal_(convolution.weight, nonlinearity="relu")
            nn.init.zeros_(convolution.bias)
            modules += [convolution, nn.ReLU()]
            taps.append(modules[-1])
            channels = width
        return nn.Sequential(*modules), taps

    return build


def xavier(gain):
    return lambda weight: nn.init.xavier_normal_(weight, gain)


def kaiming(weight):
    return nn.init.kaiming_normal_(weight, nonlinearity="relu")


# name: nonlinearity, effective gain, std of the bias, network
MLPS = {
    "tanh, xavier": ("tanh", 1, 0, mlp(nn.Tanh, xavier(1))),
    "tanh, gain 5/3": ("tanh", 5 / 3, 0, mlp(nn.Tanh, xavier(5 / 3))),
    "relu, kaiming": ("relu", math.sqrt(2), 0, mlp(nn.ReLU, kaiming)),
    "relu, xavier": ("relu", 1, 0, mlp(nn.ReLU, xavier(1))),
    "relu, default": ("relu", 1 / math.sqrt(3), 1 / math.sqrt(3 * WIDTH), mlp(nn.ReLU, None)),
    "relu, N(0, 0.01²)": ("relu", 0.01 * math.sqrt(WIDTH), 0, mlp(nn.ReLU, lambda w: nn.init.normal_(w, 0, 0.01))),
    "selu, lecun": ("selu", 1, 0, mlp(nn.SELU, xavier(1))),
    "sigmoid, xavier": ("sigmoid", 1, 0, mlp(nn.Sigmoid, xavier(1))),
    "gelu, kaiming": ("gelu", math.sqrt(2), 0, mlp(nn.GELU, kaiming)),
    "silu, kaiming": ("silu", math.sqrt(2), 0, mlp(nn.SiLU, kaiming)),
    "tanh, default": ("tanh", 1 / math.sqrt(3), 1 / math.sqrt(3 * WIDTH), mlp(nn.Tanh, None)),
}

OTHERS = {
    "pre-norm, std 0.02": (transformer_mlp(True, 0.02), lambda: torch.randn(256, 256)),
    "post-norm, std 0.02": (transformer_mlp(False, 0.02), lambda: torch.randn(256, 256)),
    "resnet": (resnet(False), lambda: torch.randn(16, 64, 16, 16)),
    "resnet, zero scale": (resnet(True), lambda: torch.randn(16, 64, 16, 16)),
    "vgg": (vgg(), lambda: torch.randn(8, 3, 32, 32)),
}

if __name__ == "__main__":
    mlps = []
    for name, (nonlinearity, gain, bias_std, build) in MLPS.items():
        settings = {"name": name, "nonlinearity": nonlinearity, "gain": gain, "biasStd": bias_std}
        mlps.append({**settings, "layers": measured(build, lambda: torch.randn(BATCH, WIDTH))})
        print(name, mlps[-1]["layers"][-1], file=sys.stderr)
    others = {name: measured(build, batch) for name, (build, batch) in OTHERS.items()}
    truth = {"torch": torch.__version__, "width": WIDTH, "mlps": mlps, "others": others}
    print(json.dumps(truth).replace("[{", "[\n{").replace("}, {", "},\n{"))
