"""What the expressions of `scalars.py` are about; InitLens reads it as well."""

import collections.abc
import copy
import json
import math
import numbers
import operator

import numpy as np


def typed(value):
    if isinstance(value, np.ndarray):
        return 'ndarray', [typed(it) for it in value.reshape(-1)], value.shape
    if isinstance(value, (list, tuple)):
        return type(value).__name__, [typed(it) for it in value]
    if isinstance(value, dict):
        return 'dict', [(typed(key), typed(it)) for key, it in value.items()]
    return type(value).__name__, value.item() if isinstance(value, np.generic) else value


def complex_free(x):
    return (abs(x) + 1) ** .5 * 2 - x / 3


def halved(x, times=3):
    while times:
        x /= 2
        times -= 1
    return x


def accumulated(x):
    total = 0.
    for i in range(3):
        total += x * i
    return total


def grown(x):
    x += 1
    x *= 2
    return x, [x] * 2


def rounded_up(x, divisor=8):
    return max(divisor, int(x + divisor / 2) // divisor * divisor), math.ceil(x / divisor) * divisor
