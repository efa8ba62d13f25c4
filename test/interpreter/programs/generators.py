def numbers(n):
    for i in range(n):
        if i == 2:
            continue
        if i == 6:
            return
        yield i


def chain(*iterables):
    for iterable in iterables:
        yield from iterable


def trace(log):
    log.append('start')
    yield 1
    log.append('middle')
    yield 2
    log.append('end')


log = []
walk = trace(log)
first = next(walk)
seen = list(log)
rest = list(walk)
lazy = (x * x for x in range(5) if x % 2)
result = (list(numbers(10)), list(chain('ab', [1, 2], numbers(3))), first, seen, rest, log, list(lazy), next(iter([]), 'none'))
# result: ([0, 1, 3, 4, 5], ['a', 'b', 1, 2, 0, 1], 1, ['start'], [2], ['start', 'middle', 'end'], [1, 9], 'none')
