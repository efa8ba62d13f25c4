class A:
    kind = 'a'

    def __init__(self, x, *, y=2):
        self.x = x
        self.y = y

    def total(self):
        return self.x + self.y

    @property
    def double(self):
        return 2 * self.total()

    @staticmethod
    def plus(a, b):
        return a + b

    @classmethod
    def make(cls, *args, **kwargs):
        return cls(*args, **kwargs)


class B(A):
    kind = 'b'

    def __init__(self, x, **kwargs):
        super().__init__(x, **kwargs)
        self.z = 10

    def total(self):
        return super().total() + self.z


class C(B):
    def total(self):
        return super(C, self).total() * 2


c = C.make(1, y=3)
result = (c.total(), c.double, A.plus(1, 2), C.plus(3, 4), c.kind, A.kind, isinstance(c, A), issubclass(A, B))
# result: (28, 56, 3, 7, 'b', 'a', True, False)
