class Vector:
    def __init__(self, *items):
        self.items = list(items)

    def __add__(self, other):
        return Vector(*[a + b for a, b in zip(self.items, other.items)])

    def __radd__(self, other):
        return self if other == 0 else NotImplemented

    def __mul__(self, k):
        return Vector(*[a * k for a in self.items])

    __rmul__ = __mul__

    def __getitem__(self, i):
        return self.items[i]

    def __setitem__(self, i, v):
        self.items[i] = v

    def __len__(self):
        return len(self.items)

    def __contains__(self, x):
        return x in self.items

    def __eq__(self, other):
        return isinstance(other, Vector) and self.items == other.items

    def __hash__(self):
        return hash(tuple(self.items))

    def __repr__(self):
        return f'Vector{tuple(self.items)}'

    def __iter__(self):
        return iter(self.items)

    def __getattr__(self, name):
        if name == 'first':
            return self.items[0]
        raise AttributeError(name)

    def __enter__(self):
        self.items.append('in')
        return self

    def __exit__(self, *args):
        self.items.append('out')
        return True


v = Vector(1, 2) + Vector(3, 4)
v[0] += 1
w = 2 * v
with Vector(9) as managed:
    raise ValueError
result = (v, w, len(v), 5 in v, v == Vector(5, 6), sum([Vector(1), Vector(2)]), list(v), v.first, hasattr(v, 'second'), bool(Vector()), managed, v[-1:], *w)
# result: (Vector(5, 6), Vector(10, 12), 2, True, True, Vector(3,), [5, 6], 5, False, False, Vector(9, 'in', 'out'), [6], 10, 12)
