"""The peer of test/bench/core.ts: real PyTorch does the same work, and tells the CPU seconds of its fastest round.

    python3 test/bench/core.py THREADS ROUNDS
"""
import json
import sys
import time

import torch

COUNT = 2**24


def five(x, low, high):
    """What the kernel measures while it draws, and less: it adds skewness, kurtosis and zeros."""
    return x.mean(), x.std(), x.min(), x.max(), torch.histc(x, 100, low, high)


def fastest(work, rounds):
    """Wall and CPU milliseconds, each of its best round."""
    walls, busy = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append((time.perf_counter() - wall) * 1000)
        busy.append((time.process_time() - cpu) * 1000)
    return {"wall": min(walls), "cpu": min(busy)}


def main():
    threads, rounds = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    x = torch.empty(COUNT)
    matrix = torch.empty(1024, 1024)
    found = {
        "normal": fastest(lambda: (x.normal_(), five(x, -4, 4)), rounds),
        "uniform": fastest(lambda: (x.uniform_(-1, 1), five(x, -1, 1)), rounds),
    }
    if threads == 1:
        found["trunc_normal"] = fastest(lambda: torch.nn.init.trunc_normal_(x), 2)
        found["orthogonal"] = fastest(lambda: torch.nn.init.orthogonal_(matrix), 3)
    print(json.dumps(found))


main()
