import contextlib


def inner(n):
    got = []
    for i in range(n):
        got.append((yield i))
    return got


def outer():
    first = yield from inner(2)
    second = yield 'second'
    yield [first, second]
    return 'over'


def echoed(log):
    total = 0
    while (x := (yield total)) is not None:
        total += x
        log += [(yield -x)]
    match total:
        case 0:
            yield 'nothing'
        case n:
            yield n


def guarded(log):
    with contextlib.suppress(KeyError):
        try:
            try:
                yield 1
            except ValueError as e:
                log.append(str(e))
                yield 2
            else:
                log.append('else')
            raise KeyError('k')
        finally:
            log.append('finally')
    yield 3


def closed(log):
    try:
        yield 1
        log.append('not here')
    finally:
        log.append('closed')


@contextlib.contextmanager
def noted(log, swallow):
    log.append('in')
    try:
        yield 5
    except ZeroDivisionError:
        log.append('caught')
        if not swallow:
            raise
    finally:
        log.append('out')


def last(generator):
    try:
        while True:
            item = next(generator)
    except StopIteration as stop:
        return item, stop.value


log = []
walk = outer()
sent = [next(walk), walk.send('a'), walk.send('b'), walk.send('c')]
echo = echoed(log)
echoes = [next(echo), echo.send(4), echo.send('x'), echo.send(3), echo.send('y'), echo.send(None)]
one = guarded(log)
ones = [next(one), one.throw(ValueError('v')), next(one)]
two = list(guarded(log))
end = closed(log)
next(end)
end.close()
with noted(log, True):
    raise ZeroDivisionError
try:
    with noted(log, False) as five:
        raise ZeroDivisionError
except ZeroDivisionError:
    log.append(five)


def returned():
    yield 1
    return {'a': 2}


def nothing():
    return
    yield


result = (sent, echoes, ones, two, log, last(returned()), list(nothing()), next(nothing(), 'none'), last(iter([7])))
# result: ([0, 1, 'second', [['a', 'b'], 'c']], [0, -4, 4, -3, 7, 7], [1, 2, 3], [1, 3], ['x', 'y', 'v', 'finally', 'else', 'finally', 'closed', 'in', 'caught', 'out', 'in', 'caught', 'out', 5], (1, {'a': 2}), [], 'none', (7, None))
