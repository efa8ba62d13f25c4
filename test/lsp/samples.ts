/** Small models that the tests open in the server. */

/** Xavier through a ReLU stack: the rule `gain-mismatch` has something to say on line 11, in the call. */
export const xavierRelu = `import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(256, 256) for _ in range(10)])
        self.out = nn.Linear(256, 10)
        for layer in self.layers:
            nn.init.xavier_normal_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        for layer in self.layers:
            x = F.relu(layer(x))
        return self.out(x)
`;

/** The same as Kaiming wrote it: nothing to say. */
export const kaimingRelu = xavierRelu.replace(
  'nn.init.xavier_normal_(layer.weight)',
  "nn.init.kaiming_normal_(layer.weight, nonlinearity='relu')",
);

/** A name that torch keeps for old code, and a safe fix for it. */
export const deprecated = xavierRelu.replace(
  'nn.init.xavier_normal_(layer.weight)',
  "nn.init.kaiming_normal(layer.weight, nonlinearity='relu')",
);

/** `super().__init__` of this one is in another file. */
export const derived = `from base import Base


class Derived(Base):
    pass
`;

export interface ProtocolPosition {
  readonly line: number;
  readonly character: number;
}

/** Where `needle` begins, with the offset added. */
export function positionOf(text: string, needle: string, offset = 0): ProtocolPosition {
  const at = text.indexOf(needle) + offset;
  const before = text.slice(0, at).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length };
}
