squares = {x: x * x for x in range(5)}
evens = {x for x in range(10) if x % 2 == 0}
nested = [[i * j for j in range(3)] for i in range(3)]
filtered = [(a, b) for a in range(4) if a for b in range(a) if b]
names = [f'{k}={v}' for k, v in sorted(squares.items(), reverse=True)]
n = 3
scoped = [n for n in range(2)]
total = sum(x for x in squares.values() if (y := x) > 3)
result = (squares, sorted(evens), nested, filtered, names, n, total, y)
