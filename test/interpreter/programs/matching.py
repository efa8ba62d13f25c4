def kind(x):
    match x:
        case 0:
            return 'zero'
        case int() | float() if x < 0:
            return 'negative'
        case [a, b]:
            return f'pair {a} {b}'
        case [first, *rest]:
            return f'list {first} {len(rest)}'
        case {'type': t, **others}:
            return f'{t} {sorted(others)}'
        case str() as s:
            return s.upper()
        case None | True:
            return 'special'
        case _:
            return 'other'


result = [kind(x) for x in (0, -3, (1, 2), [1, 2, 3], {'type': 'relu', 'p': 1}, 'abc', None, 5, {})]
# result: ['zero', 'negative', 'pair 1 2', 'list 1 2', "relu ['p']", 'ABC', 'special', 'other', 'other']
