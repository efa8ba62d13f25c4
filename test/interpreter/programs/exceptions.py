class Mine(ValueError):
    def __init__(self, code):
        super().__init__(f'code {code}')
        self.code = code


log = []


def risky(kind):
    try:
        log.append(f'try {kind}')
        if kind == 'value':
            raise ValueError('bad')
        if kind == 'mine':
            raise Mine(7)
        if kind == 'key':
            return {}['missing']
        if kind == 'zero':
            return 1 / 0
        if kind == 'attribute':
            return None.nothing
    except Mine as error:
        return 'mine', error.code
    except (KeyError, ZeroDivisionError) as error:
        return type(error).__name__
    except Exception as error:
        return 'other', str(error)
    else:
        return 'fine'
    finally:
        log.append('finally')


def nested():
    try:
        try:
            raise KeyError('inner')
        finally:
            log.append('inner finally')
    except KeyError:
        return 'caught'


result = ([risky(k) for k in ('value', 'mine', 'key', 'zero', 'attribute', '')], nested(), log)
# result: ([('other', 'bad'), ('mine', 7), 'KeyError', 'ZeroDivisionError', ('other', "'NoneType' object has no attribute 'nothing'"), 'fine'], 'caught', ['try value', 'finally', 'try mine', 'finally', 'try key', 'finally', 'try zero', 'finally', 'try attribute', 'finally', 'try ', 'finally', 'inner finally'])
