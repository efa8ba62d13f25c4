/** Networks whose layers nobody has initialized, one of each family. */

export const networks: Readonly<Record<string, string>> = {
  MLP: `from torch import nn


class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.body = nn.Sequential(
            nn.Linear(16, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh()
        )
        self.out = nn.Linear(width, 4)  # logits

    def forward(self, x):
        return self.out(self.body(x))
`,
  CNN: `import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(x + self.bn2(self.conv2(y)))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3, padding=1)
        self.blocks = nn.Sequential(*[Block(16) for _ in range(3)])
        self.hidden = nn.Linear(16, 32)
        self.head = nn.Linear(32, 10)

    def forward(self, x):
        x = self.blocks(F.relu(self.stem(x)))
        x = F.relu(self.hidden(x.mean((2, 3))))
        return self.head(x)
`,
  RNN: `import torch
from torch.nn import Embedding, Linear, LSTM, Module


class Net(Module):
    def __init__(self):
        super().__init__()
        self.embedding = Embedding(100, 32, padding_idx=0)
        self.lstm = LSTM(32, 64, num_layers=2, batch_first=True)
        self.out = Linear(64, 100)

    def forward(self, tokens):
        states, _ = self.lstm(self.embedding(tokens))
        return self.out(states)
`,
  Transformer: `import torch
from torch import nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.ln1 = nn.LayerNorm(width)
        self.attn = nn.MultiheadAttention(width, 4, batch_first=True)
        self.ln2 = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)

    def forward(self, x):
        y = self.ln1(x)
        x = x + self.attn(y, y, y)[0]
        return x + self.fc2(F.gelu(self.fc1(self.ln2(x))))


class Net(nn.Module):
    def __init__(self, depth=6):
        super().__init__()
        self.tokens = nn.Embedding(100, 32)
        self.blocks = nn.ModuleList([Block(32) for _ in range(depth)])
        self.norm = nn.LayerNorm(32)
        self.head = nn.Linear(32, 100)

    def forward(self, tokens):
        x = self.tokens(tokens)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))
`,
  GAN: `from torch import nn


class Net(nn.Module):
    def __init__(self, size=32):
        super().__init__()
        self.main = nn.Sequential(
            nn.ConvTranspose2d(100, size * 4, 4, 1, 0, bias=False),
            nn.BatchNorm2d(size * 4),
            nn.ReLU(True),
            nn.ConvTranspose2d(size * 4, size * 2, 4, 2, 1, bias=False),
            nn.BatchNorm2d(size * 2),
            nn.ReLU(True),
            nn.ConvTranspose2d(size * 2, 3, 4, 2, 1, bias=False),
            nn.Tanh(),
        )

    def forward(self, noise):
        return self.main(noise)
`,
  discriminator: `from torch import nn


class Net(nn.Module):
    def __init__(self, size=32):
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(3, size, 4, 2, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(size, size * 2, 4, 2, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(size * 2, size * 4, 4, 2, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(size * 4, 1, 4), nn.Sigmoid(),
        )

    def forward(self, image):
        return self.main(image)
`,
};
