"""Draws into other element types than the usual one, memory that is taken over, and what compiled code keeps."""
import torch
from torch import nn


class WholeNumbersDrawn(nn.Module):
    def __init__(self):
        super().__init__()
        self.below = nn.Parameter(torch.empty(6, 5))
        self.below.data.random_(0, 7)
        self.between = nn.Parameter(torch.randint(-3, 3, (4,), dtype=torch.float32))


class CopiedAcross(nn.Module):
    def __init__(self):
        super().__init__()
        self.doubles = nn.Parameter(torch.zeros(3, 16, dtype=torch.float64))
        self.doubles.data.copy_(torch.rand(3, 16))
        self.halves = nn.Parameter(torch.zeros(3, 5, dtype=torch.float16))
        self.halves.data.copy_(torch.rand(3, 5))
        self.rows = nn.Parameter(torch.zeros(3, 5, dtype=torch.float64))
        self.rows.data[1] = torch.randn(5)


class OfDoubles(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(8, 2, kdim=4, dtype=torch.float64)
        self.layer = nn.TransformerEncoderLayer(8, 2, 16, dtype=torch.float64)
        self.whole = nn.Transformer(8, 2, 1, 1, 16, dtype=torch.float64)


class TakenOver(nn.Module):
    def __init__(self):
        super().__init__()
        self.kept = nn.Parameter(torch.rand(4, 3))
        self.kept.data.set_(torch.rand(4, 3))
        self.taken = nn.Parameter(torch.rand(4, 3))
        with torch.no_grad():
            self.taken.set_(torch.randn(2, 5))


class Compiled(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = torch.jit.script(nn.Linear(3, 3))
        self.last = nn.Linear(2, 2)


class SparseAcross(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(5, 6).t())
        nn.init.sparse_(self.weight, 0.3)


class Slow(nn.Module):
    """What double precision keeps of these is another library's."""

    def __init__(self):
        super().__init__()
        self.waits = nn.Parameter(torch.empty(7, dtype=torch.float64).exponential_())


EXACT = ["WholeNumbersDrawn()", "CopiedAcross()", "OfDoubles()", "TakenOver()", "Compiled()"]
INEXACT = ["SparseAcross()", "Slow()"]
