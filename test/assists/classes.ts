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
  'norms alone, which start so anyway': `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(10)

    def forward(self, x):
        return self.norm(x)
`,
};
