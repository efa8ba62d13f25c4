a, b = 1, 2
a, b = b, a
first, *middle, last = range(6)
(p, q), [r, *s] = (1, 2), 'xyz'
matrix = [[1, 2], [3, 4]]
flat = [x for row in matrix for x in row]
swapped = list(zip(*matrix))
merged = {**{'a': 1}, 'b': 2, **{'a': 3}}
both = [*range(3), *'ab']
d = {}
d['x'], d['y'] = 1, 2
for i, (k, v) in enumerate(d.items()):
    d[k] = v + i
del d['x']
x = y = [0]
x += [1]
result = (a, b, first, middle, last, p, q, r, s, flat, swapped, merged, both, d, y)
# result: (2, 1, 0, [1, 2, 3, 4], 5, 1, 2, 'x', ['y', 'z'], [1, 2, 3, 4], [(1, 3), (2, 4)], {'a': 3, 'b': 2}, [0, 1, 2, 'a', 'b'], {'y': 3}, [0, 1])
