squares = {x: x * x for x in range(5)}
evens = {x for x in range(10) if x % 2 == 0}
nested = [[i * j for j in range(3)] for i in range(3)]
filtered = [(a, b) for a in range(4) if a for b in range(a) if b]
names = [f'{k}={v}' for k, v in sorted(squares.items(), reverse=True)]
n = 3
scoped = [n for n in range(2)]
total = sum(x for x in squares.values() if (y := x) > 3)
result = (squares, sorted(evens), nested, filtered, names, n, total, y)
# result: ({0: 0, 1: 1, 2: 4, 3: 9, 4: 16}, [0, 2, 4, 6, 8], [[0, 0, 0], [0, 1, 2], [0, 2, 4]], [(2, 1), (3, 1), (3, 2)], ['4=16', '3=9', '2=4', '1=1', '0=0'], 3, 29, 16)
