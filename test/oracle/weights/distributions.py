"""Networks that keep distributions: making one draws nothing, its samples are not followed."""
import torch
import torch.distributions as D
from torch import nn
from torch.distributions import Normal, constraints, kl_divergence
from torch.distributions.categorical import Categorical


class Squashed(D.TransformedDistribution):
    def __init__(self, loc, scale):
        self.loc = loc
        super().__init__(Normal(loc, scale), [D.transforms.TanhTransform(cache_size=1)])


class Fixed(D.Distribution):
    arg_constraints = {"loc": constraints.real}

    def __init__(self, loc):
        self.loc = loc
        super().__init__(loc.shape)

    def sample(self, shape=()):
        return torch.zeros(shape) + self.loc


class Keeps(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(3, 3)
        self.prior = Normal(torch.zeros(3), torch.ones(3))
        self.choice = Categorical(logits=torch.zeros(3))
        self.apart = D.Independent(self.prior, 1)
        self.squashed = Squashed(torch.zeros(2), torch.ones(2))
        self.fixed = Fixed(torch.zeros(2))
        self.distance = kl_divergence(self.prior, Normal(torch.ones(3), torch.ones(3)))
        self.last = nn.Linear(self.fixed.sample((2,)).size(0), 3)


class Samples(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(2, 3)
        self.register_buffer("seen", Normal(0.0, 1.0).sample((3,)))
        self.last = nn.Linear(2, 3)


EXACT = ["Keeps()"]
INEXACT = ["Samples()"]
