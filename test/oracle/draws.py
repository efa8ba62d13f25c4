"""Prints what real PyTorch draws on the CPU, as JSON: the truth that test/core/draws.test.ts replays.

    /usr/bin/python3 test/oracle/draws.py > test/oracle/golden/draws.json
    /usr/bin/python3 test/oracle/draws.py --large     # more values than are worth keeping; nothing is stored

A case is a seed and a sequence of draws from one generator. Of each draw the request, the sha256 of its little-endian
bytes and its first and last values are kept; `after` is the next word of the generator when all are done.
"""
import hashlib
import json
import sys
import warnings

import torch
from torch import nn

warnings.simplefilter("ignore")

SEEDS = [0, 1, 42, 2**32 - 1, 2**40 + 5]
DTYPES = {"float32": torch.float32, "float64": torch.float64, "bfloat16": torch.bfloat16, "float16": torch.float16}


def values_of(request):
    """Draws what the request says."""
    kind, count = request["kind"], request.get("count")
    tensor = torch.empty(count or 0, dtype=DTYPES[request.get("dtype", "float32")])
    if request.get("contiguous") is False:
        tensor = torch.empty(count, 2)[:, 0]
    match kind:
        case "uniform":
            return tensor.uniform_(request["low"], request["high"])
        case "normal":
            return tensor.normal_(request["mean"], request["std"])
        case "log_normal":
            return tensor.log_normal_(request["mean"], request["std"])
        case "truncated_normal":
            return nn.init.trunc_normal_(tensor, request["mean"], request["std"], request["low"], request["high"])
        case "sparse":
            return nn.init.sparse_(torch.empty(request["rows"], request["columns"], dtype=tensor.dtype), request["sparsity"], request["std"])
        case "orthogonal":
            return nn.init.orthogonal_(torch.empty(request["rows"], request["columns"], dtype=tensor.dtype), request["gain"])
        case "bernoulli":
            return tensor.bernoulli_(request["probability"])
        case "geometric":
            return tensor.geometric_(request["probability"])
        case "exponential":
            return tensor.exponential_(request["rate"])
        case "cauchy":
            return tensor.cauchy_(request["median"], request["sigma"])
        case "randint":
            return torch.randint(request["low"], request["high"], (count,))
        case "randperm":
            return torch.randperm(count)


def described(tensor, request):
    """The request with what came of it; a matrix of inexact values is kept whole."""
    flat = tensor.detach().contiguous().reshape(-1)
    wide = flat.double()
    raw = flat.view(torch.int16) if flat.dtype in (torch.bfloat16, torch.float16) else flat
    kept = wide.tolist() if request["kind"] == "orthogonal" else [*wide[:2].tolist(), *wide[-1:].tolist()]
    return {**request, "sha256": hashlib.sha256(raw.numpy().tobytes()).hexdigest(), "values": kept}


def case(name, seed, requests):
    torch.manual_seed(seed)
    draws = [described(values_of(request), request) for request in requests]
    return {"name": name, "seed": seed, "draws": draws, "after": next_word()}


def next_word():
    return int(torch.randint(0, 2**32 - 1, (1,)).item())


def uniform(count, low=0.0, high=1.0, **more):
    return {"kind": "uniform", "count": count, "low": low, "high": high, **more}


def normal(count, mean=0.0, std=1.0, **more):
    return {"kind": "normal", "count": count, "mean": mean, "std": std, **more}


def truncated(count, mean=0.0, std=1.0, low=-2.0, high=2.0, **more):
    return {"kind": "truncated_normal", "count": count, "mean": mean, "std": std, "low": low, "high": high, **more}


def small_cases():
    yield from (case(f"uniform and normal, seed {seed}", seed, [uniform(1000, -0.1, 0.1), normal(1000, 0, 0.02)]) for seed in SEEDS)
    for dtype in DTYPES:
        sizes = [*range(1, 35), 63, 64, 65, 1000]
        yield case(f"uniform {dtype}, every remainder", 7, [uniform(n, -0.7, 1.3, dtype=dtype) for n in sizes])
        yield case(f"normal {dtype}, every remainder", 8, [normal(n, 0.3, 1.7, dtype=dtype) for n in sizes])
    yield case("normal, strided", 3, [normal(n, 0.5, 2, contiguous=False) for n in (5, 16, 40)])
    yield case("normal of odd counts shares a waiting sample", 4, [normal(3), uniform(2), normal(17), normal(4), normal(1, dtype="float64")])
    yield case("bounds of every size", 5, [uniform(100, -10.0**-k, 10.0 ** (k / 3)) for k in range(0, 40, 3)])
    yield case("uniform from 0 to 1", 6, [uniform(700), uniform(5, 0, 1), uniform(9, 3, 3)])
    bounds = [(0, 0.02, -2, 2), (0, 1, -2, 2), (0.5, 0.3, 0, 1), (-0.1, 0.05, -0.2, 0.05), (0, 5, -1, 1), (3, 2, 0, 7)]
    yield case("truncated normal", 9, [truncated(n, *b) for b in bounds for n in (1, 16, 500)])
    yield case("truncated normal bfloat16", 10, [truncated(400, 0, 0.5, dtype="bfloat16")])
    yield case("sparse", 11, [{"kind": "sparse", "rows": r, "columns": c, "sparsity": s, "std": 0.01} for r, c, s in [(10, 5, 0.1), (64, 33, 0.9), (3, 4, 0.5)]])
    yield case("sparse of every type", 11, [{"kind": "sparse", "rows": 12, "columns": 7, "sparsity": 0.3, "std": 0.5, "dtype": dtype} for dtype in DTYPES])
    yield case("orthogonal", 12, [{"kind": "orthogonal", "rows": r, "columns": c, "gain": g} for r, c, g in [(4, 4, 1), (8, 3, 1.5), (3, 8, 0.5), (16, 16, 1)]])
    yield case("orthogonal float64", 12, [{"kind": "orthogonal", "rows": 5, "columns": 7, "gain": 1.5, "dtype": "float64"}])
    yield case("integers", 13, [{"kind": "randperm", "count": n} for n in (1, 2, 10, 100)] + [{"kind": "randint", "low": -5, "high": 1000, "count": 50}, {"kind": "randint", "low": 0, "high": 2**40 + 7, "count": 50}])
    serial = [("bernoulli", {"probability": 0.3}), ("geometric", {"probability": 0.2}), ("exponential", {"rate": 1.5}), ("cauchy", {"median": 1, "sigma": 2}), ("log_normal", {"mean": 0.1, "std": 0.6})]
    yield case("serial distributions", 14, [{"kind": kind, "count": 301, **settings} for kind, settings in serial])


def large_cases():
    count = 2**20 + 5
    requests = [uniform(count, -0.03, 0.07), normal(count, 0, 0.02), truncated(count, 0, 0.02), normal(count, dtype="bfloat16"), uniform(count, -3, 1, dtype="float64")]
    yield case("large", 2**33 + 17, requests)


def modules():
    """Whole layers: their parameters in the order in which their constructors draw them."""
    layers = {
        "Linear(20, 30)": lambda: nn.Linear(20, 30),
        "Conv2d(3, 8, 3)": lambda: nn.Conv2d(3, 8, 3),
        "Conv2d(6, 12, 3, groups=3)": lambda: nn.Conv2d(6, 12, 3, groups=3),
        "ConvTranspose2d(4, 6, 2)": lambda: nn.ConvTranspose2d(4, 6, 2),
        "Embedding(11, 7)": lambda: nn.Embedding(11, 7),
        "LSTM(5, 9)": lambda: nn.LSTM(5, 9),
        "GRU(4, 4, 2)": lambda: nn.GRU(4, 4, 2),
        "Bilinear(3, 4, 5)": lambda: nn.Bilinear(3, 4, 5),
    }
    for name, build in layers.items():
        torch.manual_seed(1234)
        parameters = list(build().named_parameters())
        rows = [{"name": key, "shape": list(p.shape), **described(p, {"kind": "parameter"})} for key, p in parameters]
        yield {"name": name, "seed": 1234, "parameters": rows, "after": next_word()}


def lines(truth):
    """JSON with a line per draw or parameter: small, and a difference shows where it is."""
    text = json.dumps(truth, separators=(",", ":"))
    return text.replace("{\"kind\"", "\n{\"kind\"").replace("{\"name\"", "\n{\"name\"")


if __name__ == "__main__":
    is_large = "--large" in sys.argv
    truth = {"torch": torch.__version__, "cases": list(large_cases() if is_large else small_cases())}
    if not is_large:
        truth["modules"] = list(modules())
    print(lines(truth))
