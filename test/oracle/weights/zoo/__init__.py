"""Modules that import from the package that is importing them."""
from .base import *
from .tall import *
from .deep import *
