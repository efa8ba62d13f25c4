"""Networks that look at what was drawn: its signs, its order, single numbers of it."""
import torch
import torch.nn.functional as F
from torch import nn


class Picks(nn.Module):
    """Places that draws tell, read and written."""

    def __init__(self, size=9):
        super().__init__()
        self.mask = nn.Parameter(torch.Tensor(size, 6, 1, 1), requires_grad=False)
        self.mask[:] = 0
        for row in range(size):
            places = torch.randperm(6)[:2]
            self.mask[row, places, :, :] = 1
        self.embedding = nn.Embedding(7, 3, padding_idx=2)
        self.embedding.weight.data[[0, 6]] = 0.5
        weights = torch.randn(size, 5)
        weights[weights < 0] = 0
        self.positive = nn.Parameter(weights)
        self.columns = nn.Parameter(torch.randn(4, 5)[:, torch.randperm(5)])
        self.crossed = nn.Parameter(torch.randn(4, 5, 6)[[0, 3], :, [5, 1]])
        self.paired = nn.Parameter(torch.randn(4, 5)[torch.tensor([[0], [2]]), torch.tensor([1, -1])])
        self.masked = nn.Parameter(torch.randn(4, 5)[torch.rand(4) > 0.4])
        self.diagonal = nn.Parameter(torch.randn(4, 4))
        self.diagonal.data[torch.arange(4), torch.arange(4)] = torch.rand(4)
        self.last = nn.Linear(3, 2)


class Ordered(nn.Module):
    """Sorted and gathered."""

    def __init__(self):
        super().__init__()
        drawn = torch.randn(4, 6)
        self.values = nn.Parameter(drawn.sort()[0])
        self.falling = nn.Parameter(torch.sort(drawn, 0, descending=True).values)
        self.most = nn.Parameter(torch.topk(drawn, 2, dim=1).values)
        self.least = nn.Parameter(drawn.topk(2, 0, largest=False)[0])
        self.gathered = nn.Parameter(drawn.gather(1, drawn.argsort(1)[:, :3]))
        self.scattered = nn.Parameter(torch.zeros(4, 6).scatter_(1, drawn.topk(2, 1)[1], 1.0))
        self.moved = nn.Parameter(torch.rand(3, 6).scatter(0, torch.randint(0, 3, (2, 6)), torch.ones(2, 6)))
        self.rows = nn.Parameter(F.one_hot(torch.randint(0, 4, (5,)), 4).float())


class Framed(nn.Module):
    """Zeros beside what was drawn."""

    def __init__(self):
        super().__init__()
        self.lower = nn.Parameter(torch.rand(2, 4, 4).tril())
        self.upper = nn.Parameter(torch.triu(torch.randn(3, 5), 1))
        self.padded = nn.Parameter(F.pad(torch.randn(2, 3), (1, 2, 0, 1), value=0.5))
        self.blocks = nn.Parameter(torch.block_diag(torch.randn(2, 3), torch.eye(2), torch.rand(2)))
        self.diagonals = nn.Parameter(torch.randn(2, 3).diag_embed())
        self.matrix = nn.Parameter(torch.diag(torch.randn(3)))
        self.filled = nn.Parameter(torch.randn(4, 4).masked_fill(torch.eye(4).bool(), 0.0))


class Whole(nn.Module):
    """Draws that become other numbers."""

    def __init__(self):
        super().__init__()
        self.integers = nn.Parameter(torch.randint(0, 7, (11,)).float())
        self.order = nn.Parameter(torch.randperm(12).float() / 12)
        self.signs = nn.Parameter(torch.randn(20).sign())
        self.tests = nn.Parameter((torch.rand(5, 2) > 0.5).float())
        self.rounded = nn.Parameter(torch.rand(5, 2).round())
        self.chosen = nn.Parameter(torch.where(torch.rand(6, 6) > 0.5, torch.ones(6, 6), torch.randn(6, 6)))


class Decided(nn.Module):
    """How many and which layers there are is drawn too."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList()
        for _ in range(5):
            if torch.rand(1).item() > 0.4:
                self.layers.append(nn.Linear(3, int(torch.randint(1, 5, (1,)))))
        self.scale = nn.Parameter(torch.full((2,), torch.rand(1).item()))
        degrees = torch.randint(0, 4, (8,))
        least = min(degrees.min().item(), 3)
        self.mask = nn.Parameter((torch.randint(least, 4, (5,))[:, None] >= degrees[None]).float())
        self.last = nn.Linear(2, 2)


class Seeded(nn.Module):
    """A seed of the code's own, behind a part that is drawn from the seed outside."""

    def __init__(self):
        super().__init__()
        self.first = nn.Parameter(torch.randn(5).sign() * torch.rand(5))
        torch.manual_seed(4)
        self.second = nn.Parameter(torch.randn(4, 4).tril())


class Rescaled(nn.Module):
    """By how far apart the drawn numbers lie, which torch adds up in doubles."""

    def __init__(self, channels=48):
        super().__init__()
        self.layers = nn.ModuleList([nn.Conv1d(channels, 64, 8), nn.Conv1d(64, 300, 8)])
        for layer in self.layers:
            scale = (layer.weight.std().detach() / 0.1) ** 0.5
            layer.weight.data /= scale
            layer.bias.data /= scale
        self.spreads = nn.Parameter(torch.randn(4, 5, 3).std(1)[0])
        self.variances = nn.Parameter(torch.rand(40, 5).var(0, unbiased=False))


class Offset(nn.Module):
    """Far from zero the mean, which is single precision, matters."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter((torch.rand(40) + 9).std().view(1))


class Judged(nn.Module):
    """A sum is added up in another order, and what hangs on it is not certain."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.full((2,), torch.randn(40).mean().item()))


class Factored(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.linalg.qr(torch.randn(4, 4))[0].tril())


class Reduced(nn.Module):
    """One number of many."""

    def __init__(self):
        super().__init__()
        drawn = torch.randn(5, 7)
        self.middle = nn.Parameter(drawn.sort()[0].median(1)[0])
        self.often = nn.Parameter(torch.randint(0, 3, (4, 9)).float().mode(1)[0])
        self.lowest = nn.Parameter(drawn.mode(1)[0])


class Between(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.randn(5, 7).quantile(0.3).view(1))


class Impossible(nn.Module):
    """The root of a negative number is none, with a sign."""

    def __init__(self):
        super().__init__()
        self.roots = nn.Parameter(torch.randn(5, 7).sort()[0] ** 0.5)


EXACT = ["Picks()", "Picks(30)", "Ordered()", "Framed()", "Whole()", "Decided()", "Seeded()", "Reduced()", "Rescaled()"]
INEXACT = ["Judged()", "Offset()", "Factored()", "Between()", "Impossible()"]
