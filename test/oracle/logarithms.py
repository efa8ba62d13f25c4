"""Prints how far from half-way between two floats torch's float32 log still differs from the rounded logarithm, in ulp.

    /usr/bin/python3 logarithms.py [FIRST LAST]     exponents of two, -24 to 23 by default: every float between them
"""
import sys

import torch

first, last = (int(it) for it in sys.argv[1:3]) if len(sys.argv) > 2 else (-24, 23)
worst = 0.0
for exponent in range(127 + first, 128 + last):
    x = torch.arange(exponent << 23, (exponent + 1) << 23, dtype=torch.int32).view(torch.float32)
    exact = torch.log(x.double())
    ours, theirs = exact.float(), torch.log(x)
    differ = ours != theirs
    if differ.any():
        ours, theirs, exact = ours[differ].double(), theirs[differ].double(), exact[differ]
        distance = (exact - (ours + theirs) / 2).abs() / (ours - theirs).abs()
        worst = max(worst, float(distance.max()))
print(worst)
