def counter(start=0):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


total = 0


def add(n):
    global total
    total += n


a, b = counter(), counter(10)
for _ in range(3):
    add(a() + b(5))
makers = [lambda x, i=i: x * i for i in range(4)]
late = [lambda: i for i in range(3)]
result = (a(), b(), total, [f(10) for f in makers], [f() for f in late])
# result: (4, 26, 66, [0, 10, 20, 30], [2, 2, 2])
