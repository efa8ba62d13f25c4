import a, b.c as d
from . import e
from ..f.g import h as i, j
from k import *


@a.b
@(x := y)
class A[T: int = str, *Ts, **P](B, *C, metaclass=M, **kw):
    x: int
    y: float = 1.5
    (z): int = 3

    @property
    async def f[U](self, a, /, b: int = 1, *args: *Ts, c, d=2, **kw) -> None:
        """Doc."""
        async with a as b, c:
            await d
        async for i in x:
            yield i
        return [i async for i in z if i if not i]

    def g(self):
        global u, v
        nonlocal_ = yield
        yield from self.g()
        return *nonlocal_, *u


type Alias[T] = list[T]

if a < b <= c != d is not e not in f:
    pass
elif not a and b or c:
    pass
else:
    ...

for x, *y in z,:
    break
else:
    continue

while (n := len(a)) > 10:
    del a[0], (b), [c, d]

try:
    raise E from e
except (A, B) as e:
    raise
except C:
    assert x, "m"
else:
    x = y = lambda a, *b, c=1, **d: (yield)
finally:
    x += 1; y @= 2; z //= 3; w **= 4; v >>= 5

try:
    pass
except* A, B:
    pass

with (open(a) as f, open(b) as g,):
    pass
with (a, b):
    pass
with (yield):
    pass
with f() as (a, b), g:
    pass

match x, *y:
    case -1 | 1 + 2j | "s" "t" | b"b" | None | True:
        pass
    case [a, *_, b] if a:
        pass
    case (c, *d), {"k": 1, e.f: g, **rest}:
        pass
    case Point(x, y=0) as p:
        pass
    case (x):
        pass
    case _:
        pass

x = {**a, 'b': 1, "c": {*d, 2}, 'e': {f: g for f, g in h}}
y = (*a, b)[1:2, ::3, ..., *c] if d else (e for f in g)
z = ~a ** -b @ c % d << e & f ^ g | h, 0xFF_FF, 1_000.5e-3j, .5, 1e10, 0o17, 0b11, 123456789012345678901234567890
w = f"{a!r:>{b}}{c=}{d:%Y-%m-%d}{{}}" 'text' rf'\d{e}'
t = t"hello {name!s:x}" t'{a}'
s = {i for i in j}, [k for k in l], (m), (), [], {}, b'\x00' rb'\x'
await_ = await f(*a, b, c=1, **d, e=2)
