result = []


class Settings(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__ = self


class Held:
    def __init__(self, names):
        self.__dict__ = names


class Shared:
    common = {}

    def __init__(self):
        self.__dict__ = self.common


settings = Settings({'width': 3}, depth=2)
result.append((settings.width, settings.depth, settings['depth'],))
settings.width = 5
settings['rate'] = 7
result.append((settings['width'], settings.rate, sorted(settings), len(settings),))
settings.__dict__.update(depth=4)
result.append((settings.depth, hasattr(settings, 'none'), getattr(settings, 'none', 'nothing'), vars(settings)['rate'],))
del settings.rate
result.append(('rate' in settings, hasattr(settings, 'rate'),))
settings[1] = 'one'
result.append((len(settings), [name for name in vars(settings)],))

names = {'a': 1}
held = Held(names)
held.b = 2
names['c'] = 3
result.append((names, held.a, held.b, held.c,))

first, second = Shared(), Shared()
first.x = 'x'
result.append((second.x, Shared.common,))

taken, given = Held({}), Held({'y': 1})
plain = type('Plain', (), {})()
plain.z = 1
taken.__dict__ = plain.__dict__
taken.z = 2
plain.__dict__ = plain.__dict__
plain.w = 3
result.append((plain.z, taken.w, vars(taken), given.y))


def changed(condition):
    if condition:
        settings.width = 8
        settings['depth'] = 9
    return settings.width, settings.depth, dict(settings)


result.append((changed(False), changed(True),))
try:
    settings.missing
except AttributeError:
    result.append(('missing',))
# result: [(3, 2, 2), (5, 7, ['depth', 'rate', 'width'], 3), (4, False, 'nothing', 7), (False, False), (3, ['width', 'depth', 1]), ({'a': 1, 'b': 2, 'c': 3}, 1, 2, 3), ('x', {'x': 'x'}), (2, 3, {'z': 2, 'w': 3}, 1), ((5, 4, {'width': 5, 'depth': 4, 1: 'one'}), (8, 9, {'width': 8, 'depth': 9, 1: 'one'})), ('missing',)]
