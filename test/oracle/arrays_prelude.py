"""What the expressions of `arrays.py` are about; InitLens reads it as well."""

import numpy as np

a = np.arange(6.).reshape(2, 3)
b = np.arange(5)
c = np.arange(12).reshape(2, 3, 2)
f = np.array([.1, .2, .3], dtype=np.float32)
i = np.array([1, 2], dtype=np.int32)


def plain(value):
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, list):
        return [plain(it) for it in value]
    if isinstance(value, tuple):
        return tuple([plain(it) for it in value])
    return value


def table(positions=5, size=6):
    made = np.array([[at / np.power(10000, 2 * (j // 2) / size) for j in range(size)] for at in range(positions)])
    made[:, 0::2] = np.sin(made[:, 0::2])
    made[:, 1::2] = np.cos(made[:, 1::2])
    return made


def along(size, positions):
    omega = np.arange(size // 2, dtype=float)
    omega /= size / 2.
    omega = 1. / 10000 ** omega
    out = np.einsum('m,d->md', positions.reshape(-1), omega)
    return np.concatenate([np.sin(out), np.cos(out)], axis=1)


def grid_table(size, side):
    height = np.arange(side, dtype=np.float32)
    grid = np.stack(np.meshgrid(height, height), axis=0).reshape([2, 1, side, side])
    made = np.concatenate([along(size // 2, grid[0]), along(size // 2, grid[1])], axis=1)
    return np.concatenate([np.zeros([1, size]), made], axis=0)


def views():
    base = np.zeros((2, 3))
    row = base[1]
    row[:] = [1, 2, 3]
    base.T[0, 0] = 9
    base.reshape(-1)[2] = 5
    return base


def aliased():
    base = np.arange(5)
    base[1:] = base[:-1]
    copy = base.copy()
    copy[0] = 7
    return base, copy


def in_place():
    base = np.arange(4.)
    same = base
    base *= 2
    base[1:] -= 1
    same += same
    return base, same is base


def nested_writes():
    made = np.zeros((3, 2))
    for row in range(3):
        for column in range(2):
            made[row][column] = row * 10 + column
    made[-1, 1] += 100
    return made


def masked():
    base = np.arange(6)
    base[base > 3] = -1
    base[[0, 1]] = 8
    return base


def scalar_mask(frequency):
    given = np.asarray(frequency, dtype=np.float64)
    made = np.array(given / 8, copy=True)
    high = given >= 1000.
    made[high] = 125. + given[high] / 16
    return made


def looped():
    total = 0
    for row in np.ones((3, 2)):
        total += row.sum()
    return total


def branch():
    base = np.array([1., 2.])
    return 'more' if base.sum() > 2 else 'less'


def anchors(base=16, ratios=np.array([.5, 1, 2]), scales=2 ** np.arange(3, 6)):
    middle = (base - 1) * .5
    area = base * base
    widths = np.round(np.sqrt(area / ratios))
    heights = np.round(widths * ratios)
    boxes = np.hstack((middle - widths[:, None], middle - heights[:, None], middle + widths[:, None]))
    return boxes, scales


def bilinear(channels=2, size=4):
    factor = (size + 1) // 2
    centre = factor - 1 if size % 2 == 1 else factor - 0.5
    both = np.ogrid[:size, :size]
    kernel = (1 - abs(both[0] - centre) / factor) * (1 - abs(both[1] - centre) / factor)
    weight = np.zeros((channels, channels, size, size), dtype=np.float64)
    weight[range(channels), range(channels), :, :] = kernel
    return weight


def sorted_in_place():
    base = np.array([3., 1, 2])
    base.sort()
    return base


def flat_writes():
    base = np.zeros((2, 2))
    base.flat[1] = 3
    return base, [it for it in base.flat]


def generate_widths(slope, initial, factor, depth, step=8):
    continuous = np.arange(depth) * slope + initial
    exponents = np.round(np.log(continuous / initial) / np.log(factor))
    widths = np.round(np.divide(initial * np.power(factor, exponents), step)) * step
    return widths.astype(int).tolist(), len(np.unique(widths)), exponents.max() + 1, continuous.tolist()


def rows():
    first, second = np.arange(4).reshape(2, 2)
    return [first, second], max(first), sum(second)
