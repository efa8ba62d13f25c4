from collections import OrderedDict, defaultdict, namedtuple
from dataclasses import asdict, dataclass, field, fields, replace
from enum import Enum


@dataclass
class Config:
    width: int
    depth: int = 4
    layers: list = field(default_factory=list)

    def __post_init__(self):
        self.layers.append(self.width)


@dataclass
class Wide(Config):
    factor: float = 2.0


class Mode(Enum):
    FAN_IN = 'in'
    FAN_OUT = 'out'


Point = namedtuple('Point', 'x y')
groups = defaultdict(list)
for i in range(6):
    groups[i % 3].append(i)
order = OrderedDict([('a', 1), ('b', 2)])
order.move_to_end('a')
c = Config(8)
p = Point(1, y=2)
result = (c, replace(c, depth=5).depth, asdict(c), [f.name for f in fields(Config)], Mode('in').name, Mode.FAN_OUT.value, [m.name for m in Mode], p, p.x + p[1], p._replace(x=5), dict(groups), list(order), c == Config(8), Mode['FAN_IN'] is Mode.FAN_IN)
# result: (Config(width=8, depth=4, layers=[8, 8]), 5, {'width': 8, 'depth': 4, 'layers': [8, 8]}, ['width', 'depth', 'layers'], 'FAN_IN', 'out', ['FAN_IN', 'FAN_OUT'], Point(x=1, y=2), 3, Point(x=5, y=2), {0: [0, 3], 1: [1, 4], 2: [2, 5]}, ['b', 'a'], False, True)
