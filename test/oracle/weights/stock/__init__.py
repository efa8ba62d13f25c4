"""A registry that the modules of this folder fill: all of them are imported, found in several ways."""
import glob
import importlib
import os
import pkgutil
from pathlib import Path

networks = {}
HERE = os.path.dirname(os.path.abspath(__file__))


def register(cls):
    networks[cls.__name__.lower()] = cls
    return cls


def scan(folder, suffix):
    for entry in os.scandir(folder):
        if not entry.name.startswith(".") and entry.is_file():
            path = os.path.relpath(entry.path, folder)
            if path.endswith(suffix):
                yield path


for name in [os.path.splitext(it)[0] for it in scan(HERE, "_net.py")]:
    importlib.import_module(f"stock.{name}")

for file in os.listdir(HERE):
    path = os.path.join(HERE, file)
    if not file.startswith(("_", ".")) and (file.endswith("_layer.py") or os.path.isdir(path)):
        importlib.import_module("." + (file[:-3] if file.endswith(".py") else file), "stock")

for info in pkgutil.iter_modules([os.path.join(HERE, "more")]):
    importlib.import_module("stock.more." + info.name)

COUNTS = [
    len(glob.glob(os.path.join(HERE, "*_net.py"))),
    len(list(Path(HERE).glob("*_layer.py"))),
    len([name for _, _, names in os.walk(HERE) for name in names if name.endswith(".py")]),
    sum(os.path.isfile(os.path.join(HERE, it)) for it in ("flat_net.py", "more", "none.py")),
]
