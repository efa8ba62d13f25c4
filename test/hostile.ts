/** Python that breaks tools, by what is wrong with it; each ends its line, so that sound code can follow. */

export const hostile: Readonly<Record<string, string>> = {
  'ten thousand brackets': `${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`,
  'Python 2': 'print "x"\ntry:\n    pass\nexcept E, e:\n    raise E, "x"\nexec "y"\n`z`\n',
  'a class that is its own base': 'class A(A):\n    pass\nclass B: pass\nclass B(B): pass\nB()\n',
  'a loop without end': 'def f():\n    while True:\n        x = 1\n',
  'a list of 10**12': 'x = [0] * 10**12\n',
  'a power tower': 'x = 2**10**9\n',
  'a layer of 10**12 weights':
    'from torch import nn\nfc = nn.Linear(10**6, 10**6)\nnn.init.xavier_uniform_(fc.weight)\n',
  'negative sizes': 'from torch import nn\ndef f(): return nn.Linear(-3, 5)\nf()\n',
  'recursion without end': 'def f(x):\n    return f(x + 1)\nf(0)\n',
  'a loop over members with a hundred lines of blanks': `from torch import nn


class T(nn.Module):
    def copy(self):
        for name, value in self.net.named_parameters():
${'                \n'.repeat(100)}            value.detach()
        self.net.load_state_dict({})
`,
  'a weight that is taken over, with blanks behind it': `import torch\nb = torch.nn.Linear(2, 2)\na.weight.data = b.weight${' '.repeat(100_000)}x\n`,
  'a method of a path that is given something else':
    'from pathlib import Path\nfrom torch import nn\nx = Path.exists(nn.Linear)\ny = Path.is_dir(3)\n',
  'a condition without a body':
    'import torch\ndef f(x, y):\n    if x:\n    elif y:\n    else:\n    return x\nf(a, b)\n',
  'squares of squares': `from torch import nn


class Squares(nn.Module):
    def forward(self, x):
${'        x = x * x\n'.repeat(3000)}        return x
`,
  'raw memory that others may fill': `import torch
from torch import nn


class Raw(nn.Module):
    def __init__(self):
        super().__init__()
        self.mixing = nn.Parameter(torch.empty(4, 4))

    def begin(self):
        start_(self.mixing)
`,
  'many lines of nothing in front of its names': `${'\n'.repeat(250_000)}x = y.mixing\nz = y.begin\n`,
  'astral characters': "'😀𝔘' and 𝔘\n",
  'an unfinished line in every method': `from torch import nn\n\n\nclass N(nn.Module):\n${[
    '__init__',
    'forward',
    'reset',
  ]
    .map(it => `    def ${it}(self, x=1):\n        self.x = nn.Linear(\n`)
    .join('\n')}\n`,
};
