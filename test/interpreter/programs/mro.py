class Base:
    def __init__(self):
        self.trace = ['Base']


class Left(Base):
    def __init__(self):
        super().__init__()
        self.trace.append('Left')


class Right(Base):
    def __init__(self):
        super().__init__()
        self.trace.append('Right')


class Both(Left, Right):
    def __init__(self):
        super().__init__()
        self.trace.append('Both')


result = (Both().trace, [cls.__name__ for cls in Both.__mro__])
# result: (['Base', 'Right', 'Left', 'Both'], ['Both', 'Left', 'Right', 'Base', 'object'])
