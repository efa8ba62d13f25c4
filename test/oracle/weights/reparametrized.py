"""Weights behind norms: weight_norm with every axis, spectral_norm, writes before and after."""
from torch import nn
from torch.nn.utils import parametrizations, spectral_norm, weight_norm


class Dilated(nn.Module):
    """Norms of rows of 48, 7 and 3 elements: whole vectors, four of the rest at once, fewer than four."""

    def __init__(self, dim=0):
        super().__init__()
        self.front = weight_norm(nn.Conv1d(16, 8, 3), dim=dim)
        self.seven = weight_norm(nn.Conv1d(1, 32, 7))
        self.three = weight_norm(nn.Conv1d(1, 32, 3))
        self.up = weight_norm(nn.ConvTranspose1d(8, 4, 5))
        self.back = nn.Linear(4, 2)


class Rewritten(nn.Module):
    """The norm belongs to what stood there when it was taken; a later write to `weight` is lost."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv1d(4, 8, 5)
        nn.init.normal_(self.first.weight, 0.0, 0.01)
        weight_norm(self.first)
        self.second = weight_norm(nn.Conv1d(8, 8, 3))
        self.second.weight.data.normal_(0.0, 0.01)
        self.third = nn.Linear(8, 8)


class Bounded(nn.Module):
    """Two vectors are drawn for every spectral norm, before what is built next."""

    def __init__(self):
        super().__init__()
        self.old = spectral_norm(nn.Conv2d(3, 20, 3))
        self.new = parametrizations.spectral_norm(nn.Linear(20, 18))
        self.last = nn.Linear(18, 4)


class Rotated(nn.Module):
    def __init__(self):
        super().__init__()
        self.turn = nn.Linear(6, 6)
        nn.init.orthogonal_(self.turn.weight)
        self.after = nn.Linear(6, 3)


class Positions(nn.Module):
    """Norms over all axes before the last, which torch sums one number after the other."""

    def __init__(self):
        super().__init__()
        self.positions = weight_norm(nn.Conv1d(96, 96, 32, padding=16, groups=16), name="weight", dim=2)
        self.image = weight_norm(nn.Conv2d(3, 4, 3), dim=3)
        self.columns = weight_norm(nn.Linear(300, 200), dim=1)


EXACT = ["Dilated()", "Dilated(dim=None)", "Dilated(dim=1)", "Dilated(dim=2)", "Rewritten()", "Bounded()", "Positions()"]
INEXACT = ["Rotated()"]
