"""A detector with code of many kinds in its forward."""

import math
from collections import OrderedDict
from contextlib import contextmanager

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from zoo.models import ConvNorm, wide_net


@contextmanager
def silence(name="%s is quiet"):
    yield name % "detector"


class FrozenNorm(nn.Module):
    def __init__(self, channels, eps=1e-5):
        super().__init__()
        self.eps = eps
        for name in ("weight", "bias", "running_mean", "running_var"):
            make = torch.zeros if name in {"bias", "running_mean"} else torch.ones
            self.register_buffer(name, make(channels))

    def forward(self, x):
        scale = self.weight.reshape(1, -1, 1, 1) * (self.running_var.reshape(1, -1, 1, 1) + self.eps).rsqrt()
        return x * scale + (self.bias.reshape(1, -1, 1, 1) - self.running_mean.reshape(1, -1, 1, 1) * scale)


class Anchors(nn.Module):
    def __init__(self, sizes=((32,), (64,)), ratios=(0.5, 1.0, 2.0)):
        super().__init__()
        self.cells = [self.cell(it, ratios) for it in sizes]

    @staticmethod
    def cell(scales, ratios):
        scales = torch.as_tensor(scales, dtype=torch.float32)
        heights = torch.sqrt(torch.as_tensor(ratios))
        widths = 1 / heights
        ws = (widths[:, None] * scales[None, :]).view(-1)
        hs = (heights[:, None] * scales[None, :]).view(-1)
        return (torch.stack([-ws, -hs, ws, hs], dim=1) / 2).round()

    def forward(self, images, maps):
        anchors = []
        for cell, features in zip(self.cells, maps):
            height, width = features.shape[-2:]
            strides = images.shape[-2] // height, images.shape[-1] // width
            xs = torch.arange(0, width, dtype=torch.int32, device=features.device) * strides[1]
            ys = torch.arange(0, height, dtype=torch.int32, device=features.device) * strides[0]
            ys, xs = torch.meshgrid(ys, xs, indexing="ij")
            shifts = torch.stack((xs.reshape(-1), ys.reshape(-1), xs.reshape(-1), ys.reshape(-1)), dim=1)
            anchors.append((shifts.view(-1, 1, 4) + cell.view(1, -1, 4)).reshape(-1, 4))
        return torch.cat(anchors)


class Gate(nn.Module):
    def __init__(self, channels, survival=0.8, activation=F.hardsigmoid):
        super().__init__()
        self.fc = nn.Conv2d(channels, channels, 1)
        self.survival, self.activation = survival, activation
        self.gamma = nn.Parameter(torch.ones(channels, 1, 1) * 1e-6)
        nn.init.xavier_uniform_(self.fc.weight)

    def forward(self, x):
        scale = self.activation(self.fc(F.adaptive_avg_pool2d(x, 1)))
        noise = torch.empty([x.shape[0], 1, 1, 1], dtype=x.dtype, device=x.device).bernoulli_(self.survival)
        return x + self.gamma * noise.div_(self.survival) * scale * x


class Detector(nn.Module):
    def __init__(self, classes=91, width=32, thresholds=None, frozen=None):
        super().__init__()
        norm = FrozenNorm if frozen else nn.BatchNorm2d
        self.body = nn.ModuleDict(OrderedDict((str(i), ConvNorm(w, width, norm=norm)) for i, w in enumerate((3, width))))
        self.gates = nn.ModuleList([Gate(width) for _ in self.body])
        self.lateral = nn.ModuleList(nn.Conv2d(width, width, 1) for _ in range(len(self.body)))
        self.anchors = Anchors()
        self.scores = nn.Conv2d(width, 3 * classes, 3, padding=1)
        self.boxes = nn.Sequential(*[nn.Conv2d(width, width, 3, padding=1), nn.ReLU()], nn.Conv2d(width, 12, 3, padding=1))
        self.thresholds = thresholds or {"score": 0.05, "overlap": 0.5}
        self.drop = np.linspace(0, 0.1, 4).tolist()
        prior = 0.01
        for layer in (self.scores, self.boxes[-1]):
            torch.nn.init.normal_(layer.weight, std=0.01)
            torch.nn.init.constant_(layer.bias, -math.log((1 - prior) / prior))
        with torch.no_grad():
            self.scores.weight.mul_(0.5)

    def forward(self, images: Tensor, targets=None):
        if self.training and targets is None:
            raise ValueError("targets are missing")
        maps, x = [], F.interpolate(images, scale_factor=0.5, mode="bilinear", align_corners=False)
        for (_, layer), gate in zip(self.body.items(), self.gates):
            x = gate(F.max_pool2d(layer(x), 2))
            maps.append(x)
        top = self.lateral[-1](maps[-1])
        for i in range(len(maps) - 2, -1, -1):
            size = maps[i].shape[-2:]
            top = self.lateral[i](maps[i]) + F.interpolate(top, size=size, mode="nearest")
        anchors = self.anchors(images, maps)
        scores = torch.sigmoid(self.scores(top).permute(0, 2, 3, 1).flatten(1))
        boxes = self.boxes(top).view(top.size(0), -1, 4)
        keep = torch.where(scores[0] > self.thresholds["score"])[0]
        best, order = scores[0][keep].topk(min(100, keep.numel()))
        boxes = boxes.clamp(min=-4.0, max=4.0).exp()[0][order] * anchors[order]
        losses = {}
        if targets is not None:
            losses = {"classes": F.cross_entropy(scores, targets), "boxes": F.l1_loss(boxes, anchors, reduction="sum")}
        try:
            result = {"boxes": boxes, "scores": best, "loss": sum(losses.values())}
        except TypeError:
            result = {}
        return result if not self.training else losses


def build(name="wide", classes=10, **kwargs):
    assert name in ["wide", "detector"], f"{name!r} is not known"
    return wide_net(weights=None) if name == "wide" else Detector(classes, **kwargs)


if __name__ == "__main__":
    torch.manual_seed(0)
    with silence() as words:
        print("{}: {:.2f}".format(words, sum(p.numel() for p in build("detector").parameters() if p.requires_grad) / 1e6))
