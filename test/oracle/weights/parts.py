"""A package in small: every star import brings what the module behind it took from those before."""
from zoo import *

EXACT = ["Tall()", "Deep()", "Tall(width=4)"]
