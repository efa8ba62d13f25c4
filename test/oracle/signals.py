"""Measures the signal of whole networks by hooks, as JSON: what test/preview/signal.test.ts holds the theory to.

    /usr/bin/python3 test/oracle/signals.py > test/oracle/golden/signals.json
    /usr/bin/python3 test/oracle/signals.py "tanh, xavier"        # of some networks only
    /usr/bin/python3 test/oracle/signals.py --seeds 8             # of fewer seeds, which tell spreads to a quarter

Per network, for every call of a module without children, in order of evaluation: the standard deviation of its output
and of the gradient there, as means over seeds with their relative spreads, and of the first seed alone. The input is
standard normal and drawn behind the weights by the same generator, the gradient that comes in at the output behind what
forward draws, brought to a standard deviation of exactly 1.
"""
import importlib
import json
import sys

import torch

from networks import NETWORKS

torch.set_num_threads(1)
# As many as tell a spread to a tenth; where a seed takes seconds, to a seventh.
SEEDS, SEEDS_OF_LARGE = 64, 32


def measure(module, call, shape, seeds):
    namespace = vars(importlib.import_module(module))
    runs = [run(eval(call, dict(namespace)), shape) for _ in seeded(seeds)]
    return [summary([it[index] for it in runs]) for index in range(len(runs[0]))]


def is_large(name, module):
    return module != "networks" or name.startswith("Transformer")


def seeded(count):
    for seed in range(count):
        torch.manual_seed(seed)
        yield seed


def run(network, shape):
    rows = []
    for name, module in network.named_modules():
        # What is overwritten shows the gradient of what came before.
        if hasattr(module, "inplace"):
            module.inplace = False
        if not list(module.children()) or isinstance(module, torch.nn.MultiheadAttention):
            module.register_forward_hook(listener(name, rows))
    inputs = torch.randn(shape, requires_grad=True)
    output = network(inputs)
    cotangent = torch.randn_like(output)
    output.backward(cotangent / spread_of(cotangent))
    return rows


def listener(name, rows):
    def listen(_module, _inputs, output):
        output = output[0] if isinstance(output, tuple) else output
        row = {"name": name, "std": spread_of(output.detach()), "gradient": 0.0}
        rows.append(row)
        if output.requires_grad:
            output.register_hook(lambda gradient: row.update(gradient=spread_of(gradient)))

    return listen


def spread_of(values):
    return values.double().std().item()


def summary(rows):
    result = {"name": rows[0]["name"]}
    for key in ("std", "gradient"):
        values = torch.tensor([it[key] for it in rows], dtype=torch.float64)
        mean = values.mean().item()
        result[key] = float(f"{mean:.5g}")
        result[f"{key}Spread"] = float(f"{values.std().item() / mean if mean else 0:.3g}")
        result[f"{key}First"] = float(f"{values[0].item():.6g}")
    return result


if __name__ == "__main__":
    print(json.dumps({"torch": torch.__version__})[:-1] + ', "networks": [', flush=True)
    arguments = sys.argv[1:]
    given = int(arguments[1]) if arguments[:1] == ["--seeds"] else None
    wanted = arguments[2 if given else 0 :] or list(NETWORKS)
    for position, name in enumerate(wanted):
        module, call, shape = NETWORKS[name]
        seeds = given or (SEEDS_OF_LARGE if is_large(name, module) else SEEDS)
        layers = measure(module, call, shape, seeds)
        network = {"name": name, "module": module, "call": call, "input": shape, "seeds": seeds, "layers": layers}
        end = "," if position + 1 < len(wanted) else "]}"
        print(json.dumps(network).replace('{"name"', '\n{"name"') + end, flush=True)
