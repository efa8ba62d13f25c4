"""Context managers made of generators: as blocks, and around every call of a function."""
from contextlib import ContextDecorator, contextmanager

log = []


@contextmanager
def guard(name):
    log.append(f'enter {name}')
    try:
        yield name
    finally:
        log.append(f'leave {name}')


class Swallow(ContextDecorator):
    def __enter__(self):
        log.append('in')
        return self

    def __exit__(self, kind, error, trace):
        log.append(kind and kind.__name__)
        return True


class Net:
    scale = 2

    @guard('outer')
    @guard('inner')
    def grow(self, x, times=1):
        log.append(x)
        return x * self.scale * times


@Swallow()
def fails(x):
    raise KeyError(x)


@Swallow()
def works(x):
    return x


net = Net()
grown = [net.grow(1), net.grow(2, times=3), Net.grow(net, 3)]
with guard('block') as name:
    log.append(name)
result = (grown, fails(1), fails(2), works(3), log)
# result: ([2, 12, 6], None, None, 3, ['enter outer', 'enter inner', 1, 'leave inner', 'leave outer', 'enter outer', 'enter inner', 2, 'leave inner', 'leave outer', 'enter outer', 'enter inner', 3, 'leave inner', 'leave outer', 'enter block', 'block', 'leave block', 'in', 'KeyError', 'in', 'KeyError', 'in', None])
