x = 'module'


class Holder:
    x = 'class'
    y = x.upper()

    def get(self):
        return x

    def own(self):
        return self.x


def shadow():
    x = 'local'
    return [x for _ in range(2)], (lambda: x)()


result = (Holder().get(), Holder().own(), Holder.y, shadow())
# result: ('module', 'class', 'CLASS', (['local', 'local'], 'local'))
