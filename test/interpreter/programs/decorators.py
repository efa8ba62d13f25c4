import functools

registry = {}


def register(name=None):
    def decorate(fn):
        registry[name or fn.__name__] = fn
        return fn

    return decorate


def twice(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs) * 2

    return wrapper


@register()
@twice
def one(x):
    return x + 1


@register('two')
class Two:
    def __call__(self, x):
        return x * 10


partial = functools.partial(one, 5)
result = (sorted(registry), one(1), registry['two']()(3), one.__name__, partial(), functools.reduce(lambda a, b: a * b, [1, 2, 3, 4]))
# result: (['one', 'two'], 4, 30, 'one', 12, 24)
