/** Classes whose constructors decide what may be written behind them: they return, branch, count, or are given networks. */

export const returning = `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(16, 32)
        self.out = nn.Linear(32, 4)
        return

    def forward(self, x):
        return self.out(self.body(x).relu())
`;

export const counted = `from torch import nn


class Net(nn.Module):
    def __init__(self, depth=3, squash=False):
        super().__init__()
        layers = []
        for _ in range(depth):
            layers += [nn.Linear(64, 64), nn.ReLU()]
        layers.append(nn.Linear(64, 64))
        if squash:
            layers.append(nn.Sigmoid())
        self.body = nn.Sequential(*layers)

    def forward(self, x):
        return self.body(x)
`;

export const branching = `from torch import nn


class Net(nn.Module):
    def __init__(self, with_head=True):
        super().__init__()
        self.body = nn.Linear(64, 64)
        self.wide = nn.Linear(64, 64)
        if with_head:
            self.head = nn.Linear(64, 64)

    def forward(self, x):
        return self.head(self.wide(self.body(x).relu()).relu())


net = Net()
`;

export const autoencoder = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, size=64, width=64):
        super().__init__()
        self.hidden = nn.Linear(size, width)
        self.mean = nn.Linear(width, width)
        self.logvar = nn.Linear(width, width)
        self.decoder = nn.Linear(width, size)

    def forward(self, x):
        h = torch.relu(self.hidden(x))
        mean, logvar = self.mean(h), self.logvar(h)
        z = mean + torch.exp(logvar / 2) * torch.randn_like(torch.exp(logvar))
        return torch.sigmoid(self.decoder(torch.relu(z))), mean, logvar
`;

export const twoBlocks = `from torch import nn


class Basic(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(width)

    def forward(self, x):
        y = self.bn1(self.conv1(x)).relu()
        return (x + self.bn2(self.conv2(y))).relu()


class Deep(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 1)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, width, 1)
        self.bn3 = nn.BatchNorm2d(width)

    def forward(self, x):
        y = self.bn1(self.conv1(x)).relu()
        y = self.bn2(self.conv2(y)).relu()
        return (x + self.bn3(self.conv3(y))).relu()


class Net(nn.Module):
    def __init__(self, block):
        super().__init__()
        self.blocks = nn.Sequential(block(16), block(16))

    def forward(self, x):
        return self.blocks(x)


deep = Net(Deep)
basic = Net(Basic)
`;

/** A block whose way around has a norm too. */
export const shortcut = `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(8, 16, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 16, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(16)
        self.conv3 = nn.Conv2d(8, 16, 1)
        self.bn3 = nn.BatchNorm2d(16)

    def forward(self, x):
        y = self.bn1(self.conv1(x)).relu()
        return (self.bn3(self.conv3(x)) + self.bn2(self.conv2(y))).relu()
`;

/** The last layer of a branch has a name that another layer's ends with. */
export const similarNames = `import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.qo = nn.Linear(width, width)
        self.o = nn.Linear(width, width)

    def forward(self, x):
        y = self.qo(self.norm(x))
        return x + self.o(torch.softmax(y @ y.transpose(-1, -2), -1) @ y)


class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.blocks = nn.Sequential(Block(width), Block(width))

    def forward(self, x):
        return self.blocks(x)
`;

/** Of these, nothing may be drawn again. */
export const foreign: Readonly<Record<string, string>> = {
  'a network of a library out of sight': `from torch import nn
from somewhere import Encoder


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder.from_pretrained('large')
        self.head = nn.Linear(768, 10)

    def forward(self, x):
        return self.head(self.encoder(x))
`,
  'a network that it is given': `from torch import nn


class Net(nn.Module):
    def __init__(self, backbone):
        super().__init__()
        self.backbone = backbone
        self.head = nn.Linear(768, 10)

    def forward(self, x):
        return self.head(self.backbone(x))
`,
  'vectors that it is given': `from torch import nn


class Net(nn.Module):
    def __init__(self, vectors):
        super().__init__()
        self.words = nn.Embedding.from_pretrained(vectors)
        self.head = nn.Linear(300, 10)

    def forward(self, tokens):
        return self.head(self.words(tokens))
`,
  'layers that a method of its own starts': `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(300, 10)

    def start(self, gain):
        nn.init.xavier_uniform_(self.head.weight, gain)

    def forward(self, x):
        return self.head(x)
`,
  'layers of which some are normalized': `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.utils.weight_norm(nn.Conv1d(8, 8, 3))
        self.up = nn.ConvTranspose1d(8, 8, 4)

    def forward(self, x):
        return self.up(self.hidden(x).relu())
`,
  'norms alone, which start so anyway': `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(10)

    def forward(self, x):
        return self.norm(x)
`,
};

/** A graph layer that keeps its matrices as (in, out), with a bias that is not always there. */
export const graphLayer = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, size=64, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(size, size))
        self.attention = nn.Parameter(torch.randn(2 * size, 1))
        self.scale = nn.Parameter(torch.rand(size))  # in [0, 1]
        if bias:
            self.bias = nn.Parameter(torch.zeros(size))
        else:
            self.register_parameter('bias', None)

    def forward(self, x):
        h = x @ self.weight
        score = nn.functional.leaky_relu(torch.cat([h, h], -1) @ self.attention, 0.2)
        h = torch.softmax(score, 0) * h * self.scale
        return h if self.bias is None else h + self.bias
`;

/** Parameters whose values one method cannot make again. */
export const decided: Readonly<Record<string, string>> = {
  'under a condition': `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, n, start=None):
        super().__init__()
        if start is not None:
            self.gain = nn.Parameter(torch.ones(n) * start)
        else:
            self.gain = nn.Parameter(torch.rand(n))

    def forward(self, x):
        return x * self.gain
`,
  'by an expression': `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, n, has_token=True):
        super().__init__()
        self.token = nn.Parameter(torch.randn(1, 1, n)) if has_token else None

    def forward(self, x):
        return torch.cat([self.token, x], 1)
`,
  'by computation': `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(n, n) * 0.01)

    def forward(self, x):
        return x @ self.weight
`,
  'in another method': `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, n, mean=None):
        super().__init__()
        self.mean = nn.Parameter(self.prepared(n, mean), requires_grad=False)

    def prepared(self, n, mean):
        return torch.zeros(n) if mean is None else torch.tensor(mean)

    def forward(self, x):
        return x - self.mean
`,
};
