"""The peer of test/bench/gpu.ts: real PyTorch draws and measures on the same card; walls include reading the five numbers.

    python3 test/bench/gpu.py ROUNDS COUNT...
"""
import json
import sys
import time

import torch


def median(work, rounds):
    """Milliseconds, after two rounds that are not counted."""
    walls = []
    for _ in range(rounds + 2):
        start = time.perf_counter()
        work()
        walls.append((time.perf_counter() - start) * 1000)
    return sorted(walls[2:])[rounds // 2]


def warm(count):
    """For a second, in which the card comes to its clock."""
    x = torch.empty(count, device="cuda")
    begin = time.perf_counter()
    while time.perf_counter() - begin < 1:
        x.normal_()
        torch.cuda.synchronize()


def five(x, low, high):
    """What the kernel measures while it draws, and less: it adds skewness, kurtosis and zeros."""
    found = x.mean(), x.std(), x.min(), x.max(), torch.histc(x, 100, low, high)
    return [it.cpu() for it in found]


def main():
    rounds, *counts = map(int, sys.argv[1:])
    properties = torch.cuda.get_device_properties(0)
    found = {"name": properties.name, "multiprocessors": properties.multi_processor_count, "walls": {}}
    warm(max(counts))
    for count in counts:
        x = torch.empty(count, device="cuda")
        found["walls"][count] = {
            "normal": median(lambda: (x.normal_(), five(x, -4, 4)), rounds),
            "uniform": median(lambda: (x.uniform_(-1, 1), five(x, -1, 1)), rounds),
        }
        del x
    print(json.dumps(found))


main()
