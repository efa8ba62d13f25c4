"""What constructors do besides making layers: they run them, keep and put back the generator, copy, fail, fill rows, count."""
import copy
import math
from collections import OrderedDict
from functools import partial

import numpy as np
import torch
from torch import nn
from torch.nn import init


class RunsItself(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Dropout(0.5), nn.ReLU())
        self.fc = nn.Linear(self.body(torch.rand(1, 3, 16, 16)).view(1, -1).size(1), 10)


class JudgesItself(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 3)
        loss = nn.CrossEntropyLoss()(self.body(torch.rand(5, 4)), torch.randint(0, 3, (5,)))
        (loss + nn.L1Loss()(torch.rand(2), torch.zeros(2))).backward()
        self.last = nn.Linear(3, 2)


class DrawsIndices(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("order", torch.randperm(17))
        self.first = nn.Linear(4, 4)
        self.register_buffer("ids", torch.randint(0, 10, (5,)))
        self.second = nn.Linear(4, 4)


class ForksTheGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 4)
        with torch.random.fork_rng():
            torch.manual_seed(7)
            self.second = nn.Linear(4, 4)
        self.third = nn.Linear(4, 4)
        state = torch.get_rng_state()
        self.fourth = nn.Linear(4, 4)
        torch.set_rng_state(state)
        self.fifth = nn.Linear(4, 4)


class HasItsOwnGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        own = torch.Generator().manual_seed(3)
        self.weight = nn.Parameter(torch.randn(4, 4, generator=own))
        self.other = nn.Parameter(torch.empty(3, 3).normal_(generator=own))
        self.last = nn.Parameter(torch.rand(3))


class FillsRows(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(6, 4))
        with torch.no_grad():
            self.weight[::2].normal_(0, 0.1)
            self.weight[1:4, 1:].uniform_(-1, 1)
            self.weight[-1] = 3.0
            self.weight.t()[0].fill_(0.5)


class StartsGates(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(8, 16, 2, bidirectional=True, batch_first=True)
        for name, p in self.rnn.named_parameters():
            if "weight_hh" in name:
                init.xavier_normal_(p)
            elif "weight_ih" in name:
                for i in range(4):
                    init.kaiming_normal_(p[i * 16 : (i + 1) * 16])
            elif "bias" in name:
                p.data.fill_(0)
                p.data[p.size(0) // 4 : p.size(0) // 2].fill_(1)


class CopiesLayers(nn.Module):
    def __init__(self):
        super().__init__()
        layer = nn.TransformerEncoderLayer(16, 2, 32)
        self.encoder = nn.TransformerEncoder(layer, 2)
        self.copies = nn.ModuleList(copy.deepcopy(layer) for _ in range(2))


class TellsKindsByName(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ConvTranspose2d(4, 3, 3), nn.Linear(3, 2))
        self.apply(self.start)

    @staticmethod
    def start(m):
        name = m.__class__.__name__
        if name.find("Conv") != -1:
            m.weight.data.normal_(0.0, 0.02)
        elif name.find("BatchNorm") != -1:
            m.weight.data.normal_(1.0, 0.02)
            m.bias.data.fill_(0)
        elif isinstance(m, nn.Linear):
            bound = 1.0 / np.sqrt(m.in_features)
            m.weight.data.uniform_(-bound, bound)


class ChangesItsMind(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 2)
        self.b = nn.Linear(2, 2)
        self.a = nn.Linear(3, 3)
        del self.b
        self.b = nn.Linear(4, 4)
        self.register_parameter("p", None)
        self.p = nn.Parameter(torch.ones(2))
        self.add_module("a", nn.Linear(5, 5))


class Survives(nn.Module):
    def __init__(self):
        super().__init__()
        try:
            self.a = nn.Linear(2, 2)
            raise ValueError("no")
        except ValueError:
            self.b = nn.Linear(2, 2)
        else:
            self.c = nn.Linear(2, 2)
        finally:
            self.d = nn.Linear(2, 2)
        try:
            nn.Conv2d(3, 4, 3, groups=2)
        except ValueError as error:
            self.e = nn.Linear(len(str(error)), 2)


class Counts(nn.Module):
    """Widths that grow by powers and are rounded, as design spaces have them."""

    def __init__(self, growth=2.25):
        super().__init__()
        steps = torch.arange(6) * 34.0 + 80.0
        blocks = torch.round(torch.log(steps / 80.0) / math.log(growth))
        widths = (torch.round(torch.divide(80.0 * torch.pow(growth, blocks), 8)) * 8).int().tolist()
        self.layers = nn.ModuleList(nn.Linear(4, width) for width in widths)


class BindsLate(nn.Module):
    def __init__(self):
        super().__init__()
        makers = [lambda: nn.Linear(i, i) for i in range(1, 4)]
        self.a = nn.ModuleList(make() for make in makers)
        conv = partial(nn.Conv2d, kernel_size=3, bias=False)
        self.b = conv(3, 4)
        self.c = conv(3, 4, bias=True)
        sizes = OrderedDict(b=2, a=3)
        self.d = nn.ModuleDict([(name, nn.Linear(sizes[name], 1)) for name in sorted(sizes)])


class WaitsForInput(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.LazyLinear(4)
        self.b = nn.Linear(2, 2)
        self.a(torch.zeros(1, 7))
        self.c = nn.Linear(2, 2)


class AsksWhatTorchHas(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2 if hasattr(torch, "compile") else 5, 2 if hasattr(torch, "vmap") else 3)
        self.b = nn.Linear(2 if hasattr(nn.functional, "scaled_dot_product_attention") else 4, 2)
        self.c = nn.Linear(2 if hasattr(nn, "RMSNorm") else 6, 2 if hasattr(torch, "asarray") else 7)


class IsGivenEmbeddings(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Embedding.from_pretrained(torch.rand(4, 3))
        self.b = nn.EmbeddingBag.from_pretrained(embeddings=torch.rand(4, 3), freeze=False)
        self.c = nn.Embedding(4, 3, _weight=torch.rand(4, 3))
        self.d = nn.Linear(sum(p.numel() for p in self.parameters() if p.requires_grad), 2)


class ReadsGates(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(4, 5, 2, bidirectional=True)
        for names in self.gru._all_weights:
            for name in filter(lambda it: "bias" in it, names):
                bias = getattr(self.gru, name)
                bias.data[bias.size(0) // 3 : bias.size(0) // 2].fill_(1.0)
        init.ones_(self.gru.all_weights[1][0])
        self.plain = nn.RNN(2, 2, bias=False)
        self.count = nn.Linear(len(self.plain.all_weights[0]), len(self.gru._flat_weights_names))


class CopiesStates(nn.Module):
    def __init__(self):
        super().__init__()
        self.online = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
        self.target = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
        self.target.load_state_dict(self.online.state_dict())
        self.head = nn.Linear(2, 2)
        self.online.load_state_dict(copy.deepcopy(self.target).state_dict())


EXACT = [
    "JudgesItself()",
    "ReadsGates()",
    "CopiesStates()",
    "IsGivenEmbeddings()",
    "AsksWhatTorchHas()",
    "RunsItself()",
    "DrawsIndices()",
    "ForksTheGenerator()",
    "HasItsOwnGenerator()",
    "FillsRows()",
    "StartsGates()",
    "CopiesLayers()",
    "TellsKindsByName()",
    "ChangesItsMind()",
    "Survives()",
    "Counts()",
    "Counts(2.5)",
    "BindsLate()",
    "WaitsForInput()",
]
