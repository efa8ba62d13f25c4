def f(a, b=2, /, c=3, *args, d, e=5, **rest):
    return a, b, c, args, d, e, rest


def g(*args, **kwargs):
    return f(*args, **kwargs)


pairs = {'d': 4, 'x': 9}
result = (f(1, d=4), g(1, 2, 3, 4, 5, **pairs), f(*[1, 2], **{'d': 0, 'e': 1}), g(*(1,), d=7, **{'c': 8}))
# result: ((1, 2, 3, (), 4, 5, {}), (1, 2, 3, (4, 5), 4, 5, {'x': 9}), (1, 2, 3, (), 0, 1, {}), (1, 2, 8, (), 7, 5, {}))
