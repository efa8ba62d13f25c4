/** A model file of any length: networks as people write them, 25 lines each. */

export const LINES_PER_CLASS = 25;

export function modelFile(classes: number): string {
  const blocks = Array.from({ length: classes }, (_, index) => network(index));
  return ['import torch', 'from torch import nn', 'import torch.nn.functional as F', '', '', ...blocks].join('\n');
}

function network(index: number): string {
  const width = 16 + (index % 8) * 8;
  return `class Block${index}(nn.Module):
    """A residual block with a head."""

    def __init__(self, channels=${width}, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, channels, kernel_size=3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)
        self.norm2 = nn.BatchNorm2d(channels)
        self.head = nn.Linear(channels, classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode='fan_out', nonlinearity='relu')
            elif isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, 0, 0.01)
                nn.init.zeros_(module.bias)

    def forward(self, x):
        x = F.relu(self.norm1(self.conv1(x)))
        x = x + F.relu(self.norm2(self.conv2(x)))
        x = F.adaptive_avg_pool2d(x, 1).flatten(1)
        return self.head(x)


`;
}
