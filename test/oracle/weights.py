"""Prints the weights that real PyTorch gives the networks in weights/, as JSON: what `weights` is compared with.

    /usr/bin/python3 test/oracle/weights.py > test/oracle/golden/weights.json

Every file lists its calls: EXACT are those whose bytes InitLens promises, INEXACT those of which it knows the table only.
"""
import hashlib
import importlib
import json
import os
import sys
import warnings

import numpy as np
import torch

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "weights")
SEED = 5


def weights_of(module, call):
    torch.manual_seed(SEED)
    np.random.seed(SEED)
    model = eval(call, dict(vars(module)))
    whole, rows = hashlib.sha256(), []
    for name, parameter in model.named_parameters():
        data = parameter.detach().contiguous().view(-1)
        data = (data.view(torch.int16) if data.element_size() == 2 else data).numpy().tobytes()
        whole.update(name.encode() + data)
        rows.append([name, list(parameter.shape), hashlib.sha256(data).hexdigest()[:16]])
    return {"sha256": whole.hexdigest(), "parameters": rows}


def main():
    warnings.simplefilter("ignore")
    sys.path.insert(0, HERE)
    networks = {}
    for file in sorted(it for it in os.listdir(HERE) if it.endswith(".py")):
        module = importlib.import_module(file[:-3])
        for kind in ("EXACT", "INEXACT"):
            for call in getattr(module, kind, []):
                networks[f"{file}::{call}"] = {"kind": kind, **weights_of(module, call)}
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(weights)}" for name, weights in networks.items())
    print(f'{{\n "torch": "{torch.__version__}",\n "seed": {SEED},\n "networks": {{\n{rows}\n }}\n}}')


if __name__ == "__main__":
    main()
