import inspect, functools, typing
from typing import List, Optional
def f(a: int, b: "str" = 'x', *c, d: List[int] = None, **e) -> float: return 0.0
class A:
    def __init__(self, n: int, m: Optional[str] = None): pass
@functools.singledispatch
def g(x): return 'o'
@g.register
def _(x: str): return 's'
@g.register(list)
def _(x): return 'l'
s = inspect.signature(f)
result = [
    f.__annotations__['a'] is int, f.__annotations__['b'], list(f.__annotations__), f.__annotations__['return'] is float,
    [p.annotation is inspect.Parameter.empty for p in s.parameters.values()], s.return_annotation is float, inspect.signature(A).parameters['n'].annotation is int,
    inspect.signature(A.__init__).return_annotation is inspect.Signature.empty, g(1), g('a'), g([]), inspect.getfullargspec(f).annotations['a'] is int, (lambda q: q).__annotations__]
# result: [True, 'str', ['a', 'b', 'd', 'return'], True, [False, False, True, False, True], True, True, True, 'o', 's', 'l', True, {}]
