"""Prints what real PyTorch makes of the files in modules/, as JSON: the repr of each one's `result`.

    /usr/bin/python3 test/oracle/check_modules.py > test/oracle/golden/modules.json
"""
import json
import os
import runpy
import warnings

import torch

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "modules")


def main():
    warnings.simplefilter("ignore")
    results = {}
    for name in sorted(os.listdir(HERE)):
        result = runpy.run_path(os.path.join(HERE, name))["result"]
        results[name] = [repr(it) for it in result]
    print(json.dumps({"torch": torch.__version__, "results": results}, indent=1))


if __name__ == "__main__":
    main()
