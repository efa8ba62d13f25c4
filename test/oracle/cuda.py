"""Draws on a CUDA device and prints, as JSON, some values of each draw and the ones that follow it.

Counts lie around what the device's threads draw at once, and at four times as many. On a machine with a card of NVIDIA:
`python3 test/oracle/cuda.py > test/oracle/golden/cuda.json`.
"""
import json

import torch

SEEDS = [0, 7, 2**40 + 5]
COUNTS = [1, 3, 5, 16, 1000, 40960, 270336, 270337, 1081344, 1081345, 3_000_000]


def draws():
    for seed in SEEDS:
        for count in COUNTS[: None if seed == 7 else -3]:
            for kind in "randn", "rand":
                torch.manual_seed(seed)
                drawn = getattr(torch, kind)(count, device="cuda")
                following = getattr(torch, kind)(5, device="cuda")
                places = sorted({0, count // 3, count // 2, count - 1})
                yield {
                    "seed": seed,
                    "count": count,
                    "kind": kind,
                    "places": places,
                    "values": drawn[places].tolist(),
                    "next": following.tolist(),
                }


def chain():
    """One generator, four initializers in turn over the weight of a convolution."""
    torch.manual_seed(0)
    weight = torch.empty(512, 3, 3, 3, device="cuda")
    init = torch.nn.init
    for write in (
        lambda: init.kaiming_normal_(weight),
        lambda: init.xavier_uniform_(weight),
        lambda: init.trunc_normal_(weight, std=0.02),
        lambda: init.normal_(weight, 1, 2),
    ):
        write()
        yield weight.flatten()[:6].tolist()


found = {"torch": torch.__version__, "device": torch.cuda.get_device_name()}
print(json.dumps({**found, "draws": list(draws()), "chain": list(chain())}, indent=1))
