"""Evaluates expressions in CPython and prints, as JSON, what each one gives: `repr`, or `!` and the exception's class.

The expressions cover every builtin and every method of the builtin types with edge cases. Run with Python 3.11:
`python3 test/oracle/builtins.py > test/oracle/golden/builtins.json`.
"""
import itertools
import json

STRINGS = ['""', '"a"', '"hello world"', '"  padded\\t\\n"', '"Grüße, Straße"', '"aXbXXc"', '"naïve 日本語 😀!"', '"123"',
           '"-12.5e3"', '"CamelCaseText"', '"a.b.c"', '"tab\\tand\\nline\\r\\nend"', '"½²٣"', '"x=1,y=2,,"']
LISTS = ['[]', '[1]', '[3, 1, 2]', '[1, 2, 1, 2.0, True]', '["b", "a", "C"]', '[[1], [2, 3]]', '[None, 0, "", ()]']
TUPLES = ['()', '(1,)', '(3, 1, 2)', '("a", "b", "a")']
DICTS = ['{}', '{"a": 1}', '{"b": 2, "a": 1, 3: None}', '{1: "x", True: "y", 2.0: "z"}', '{(1, 2): [3]}']
SETS = ['set()', '{1}', '{1, 2, 3}', '{2, 3, 5}', 'frozenset({1, 2})']
INTS = ['0', '1', '-1', '7', '-7', '10', '255', '-256', '2**31', '2**53', '2**53 + 1', '-2**63', '10**20', 'True', 'False']
FLOATS = ['0.0', '-0.0', '0.5', '1.5', '2.5', '-2.5', '0.1', '1/3', '1e16', '1e-5', '123456789.125', '1e22', '1e23',
          '5e-324', '1.7976931348623157e308', 'float("inf")', 'float("-inf")', 'float("nan")', '2.675', '1e100', '100.0']
NUMBERS = ['0', '1', '-1', '7', '-7', '3', 'True', '2**60', '0.5', '-2.5', '3.0', '1e10']


def strings():
    plain = '''capitalize casefold isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable
        isspace istitle isupper lower lstrip rstrip split rsplit splitlines strip swapcase title upper expandtabs encode
        __len__ __repr__'''.split()
    for text, method in itertools.product(STRINGS, plain):
        yield f'{text}.{method}()'
    calls = ['center(20)', 'center(7, "*")', 'count("a")', 'count("")', 'count("X", 2)', 'endswith("c")', 'endswith(("c", "!"))',
             'endswith("")', 'expandtabs(4)', 'find("X")', 'find("")', 'find("b", 1, -1)', 'find("z")', 'index("a")',
             'ljust(14)', 'ljust(5, ".")', 'rjust(14, "😀")', 'lstrip(" a")', 'rstrip("!c\\n")', 'strip("ac")', 'partition("X")',
             'partition(".")', 'rpartition("X")', 'removeprefix("a")', 'removesuffix("c")', 'replace("X", "--")',
             'replace("", "-")', 'replace("", "-", 2)', 'replace("a", "b", 1)', 'rfind("X")', 'rfind("", 1)', 'rindex("a")',
             'split("X")', 'split("X", 1)', 'split(None, 1)', 'split(",")', 'rsplit("X", 1)', 'rsplit(None, 1)', 'rsplit(".", 1)',
             'splitlines(True)', 'startswith("a")', 'startswith(("x", "h"))', 'startswith("b", 2)', 'zfill(12)', 'zfill(2)',
             'translate({97: "A", 98: None, 99: 66})', 'translate(str.maketrans("abc", "xyz", "d"))', 'join(["1", "2", "3"])',
             'join("ab")', 'join([])', '__contains__("a")', '__getitem__(0)', '__getitem__(-1)', '__getitem__(slice(1, 4))',
             '__getitem__(slice(None, None, -1))', '__add__("!")', '__mul__(2)', '__eq__("a")', '__lt__("b")',
             'find("a", -3)', 'count("a", -3, -1)', 'rfind("a", 0, 2)', 'index("zz")', 'split("")', 'center("x")', 'join([1])']
    for text, call in itertools.product(STRINGS, calls):
        yield f'{text}.{call}'
    yield from ['"aaa".split("aa")', '"aaa".rsplit("aa")', '"aaa".replace("aa", "b")', '"aaa".count("aa")', '"a b  c ".split(" ")',
                '" a b ".split(maxsplit=1)', '" a b c ".rsplit(maxsplit=1)', '" a b c ".split(None, 0)', '"".join(("a", "b"))',
                '"😀a".find("a")', 'len("😀a")', '"😀a"[0]', '"😀a"[1]', '"abc"[5]', '"abc"[1:]', '"abc"[::-1]', '"abc"[5:]', '"a" in "cat"',
                '"" in ""', '"a" * 3', '3 * "ab"', '"a" * 0', '"a" * -1', '"a" + 1', '"a" < "b"', '"a" < 1', '"%s" % 1']


def sequences():
    for items in LISTS + TUPLES:
        for call in ['copy()', 'count(1)', 'count("a")', 'index(1)', 'index(2, 1)', 'index("zz")', '__len__()', '__contains__(1)',
                     '__contains__("a")', '__getitem__(0)', '__getitem__(-1)', '__getitem__(slice(1, None))',
                     '__getitem__(slice(None, None, 2))', '__getitem__(slice(5, 0, -2))', '__mul__(2)', '__add__([9])', '__add__((9,))',
                     '__eq__([1])', '__reversed__().__next__()', 'index(1, -1)', 'index(1, 0, 1)']:
            yield f'{items}.{call}'
        yield from (f'{name}({items})' for name in ['len', 'list', 'tuple', 'sorted', 'min', 'max', 'sum', 'any', 'all', 'repr', 'str', 'bool'])
        yield from [f'list(reversed({items}))', f'list(enumerate({items}, 3))', f'list(zip({items}, "abc"))', f'dict(enumerate({items}))',
                    f'list(map(str, {items}))', f'list(filter(None, {items}))', f'list(iter({items}))', f'sorted(set({items}), key=str)', f'next(iter({items}))',
                    f'next(iter({items}), "end")', f'sorted({items}, key=str)', f'sorted({items}, key=repr, reverse=True)',
                    f'max({items}, key=repr)', f'min({items}, key=repr, default=0)', f'max({items}, default=-1)', f'[*{items}, *{items}]']
    for items in LISTS:
        for change in ['append(9)', 'clear()', 'extend("xy")', 'extend([7])', 'insert(0, 9)', 'insert(-1, 9)', 'insert(99, 9)', 'pop()', 'pop(0)', 'pop(-2)',
                       'pop(9)', 'remove(1)', 'remove("a")', 'reverse()', 'sort()', 'sort(reverse=True)', 'sort(key=str)', 'sort(key=repr, reverse=True)',
                       '__setitem__(0, 9)', '__setitem__(-1, 9)', '__setitem__(9, 9)', '__setitem__(slice(0, 1), "xyz")',
                       '__setitem__(slice(None, None, 2), [1])', '__delitem__(0)', '__delitem__(slice(0, 2))', '__delitem__(slice(None, None, 2))',
                       '__iadd__([5])', '__delitem__(9)']:
            yield f'(lambda x: (x.{change}, x))({items})'
    yield from ['[1, 2] < [1, 3]', '[1] < [1, 2]', '(1, 2) == (1.0, 2)', '[1, 2] == (1, 2)', '[0] * 3', '[] * 5', '2 * (1, 2)', '[1, 2][::0]',
                'list("abc")', 'list({"a": 1})', 'tuple(range(3))', 'list(5)', 'tuple(None)', 'list(range(10))[2:8:3]', 'sorted("bca")',
                'sorted([3, "a"])', 'sorted([(1, "b"), (1, "a")], key=lambda p: p[0])', 'sorted([(1, "b"), (0, "c"), (1, "a")], key=lambda p: p[0], reverse=True)',
                'sum([[1], [2]], [])', 'sum([0.1] * 10)', 'sum(["a"], "")', 'sum((1, 2.5, True))', 'sum(range(101))', 'sum([], 5)', 'sum([1], start=2)',
                'max(1, 2.0, 3)', 'max(2, 2.0)', 'min("b", "a")', 'max()', 'max([])', 'max(5)', 'min([3, 1], [2])', 'any([])', 'all([])',
                'any(x > 2 for x in [1, 3])', 'all(x for x in "")', 'list(zip())', 'list(zip([1, 2], [3]))', 'list(zip([1, 2], [3], strict=True))',
                'list(zip([1], [3, 4], strict=True))', 'list(zip([1, 2], "ab", strict=True))', 'list(map(lambda a, b: a + b, [1, 2], [3, 4, 5]))',
                'list(map(int, "123"))', 'list(filter(lambda x: x % 2, range(6)))', 'list(enumerate("ab"))', 'list(reversed("abc"))',
                'list(reversed(range(0, 10, 3)))', 'list(reversed({"a": 1, "b": 2}))', 'list(iter([1, 2, 3].pop, 1)) if 0 else 0', 'next(iter([]))',
                'next(iter([]), None)', 'list(range(0))', 'list(range(5, 0, -2))', 'range(1, 10, 3)', 'range(3)', 'len(range(0, 10, 3))', 'range(10)[2:5]',
                'range(10)[-1]', 'range(10)[::-2]', 'range(3)[3]', '5 in range(0, 10, 5)', '5.0 in range(10)', 'range(0, 10, 5).index(5)', 'range(3).count(1)',
                'range(1, 1, 0)', 'range(1.5)', 'range(3) == range(0, 3, 1)', 'range(0) == range(2, 2)', 'slice(1, 2)', 'slice(None).indices(5)', 'slice(-3, None, 2).indices(10)',
                'slice(10, 0, -1).indices(5)', 'slice(1, 5, 2).start', 'reversed(5)', 'iter(5)', 'len(5)', 'enumerate(5)', '(1, 2) + [3]', 'bool([0])']


def mappings():
    for value in DICTS:
        for call in ['copy()', 'get("a")', 'get("z", 0)', 'items()', 'keys()', 'values()', '__len__()', '__contains__("a")', '__getitem__("a")', '__or__({"z": 1})',
                     '__eq__({"a": 1})', '__getitem__(1)']:
            yield f'{value}.{call}'
        for change in ['clear()', 'pop("a")', 'pop("z")', 'pop("z", 0)', 'pop("z", None)', 'popitem()', 'setdefault("a", 5)', 'setdefault("z")',
                       'setdefault("z", [])', 'update({"a": 9})', 'update([("q", 1)])', 'update(k=1)', 'update({"a": 2}, b=3)', '__setitem__("n", 1)', '__delitem__("a")', '__ior__({"z": 0})', 'update(["ab"])', 'update([1])']:
            yield f'(lambda d: (d.{change}, d))({value})'
        yield from [f'list({value})', f'dict({value})', f'dict({value}, x=1)', f'len({value})', f'sorted({value}.items(), key=repr)', f'bool({value})', f'repr({value})',
                    f'{{**{value}, "a": 0}}', f'list({value}.keys())', f'[v for k, v in {value}.items()]', f'{value} | {{"a": 5}}', f'list(reversed({value}))', f'list({value}.values())[:1]']
    yield from ['dict(a=1, b=2)', 'dict([(1, 2)], a=3)', 'dict(zip("ab", range(2)))', 'dict.fromkeys("abc")', 'dict.fromkeys([1, 2], 0)', '{1: "a"}[1.0]', '{True: 1}[1]', '{}["x"]', '{[]: 1}',
                '{(1, []): 1}', '{"a": 1}.keys() & {"a", "b"}', '{"a": 1}.keys() - {"a"}', '{"a": 1}.keys() == {"a"}', 'len({"a": 1}.items())', '("a", 1) in {"a": 1}.items()', '1 in {"a": 1}.values()',
                '{"a": {"b": 1}} == {"a": {"b": 1}}', '{1: 2} == {1: 3}', '{"a": 1} < {"a": 2}', 'dict(5)', 'dict([1])', '{1, 2} | {3}', '{1: 1, **{1: 2}}', '{k: v for k, v in zip("ab", "cd")}', '{"a": 1}.keys().isdisjoint(["b"])']
    for a, b in itertools.product(SETS, SETS):
        yield from (f'sorted({a} {op} {b})' for op in '| & - ^'.split())
        yield from (f'{a} {op} {b}' for op in '< <= == > >= !='.split())
        yield f'sorted({a}.symmetric_difference({b}))'
    for value in SETS:
        for call in ['copy()', 'union([9], "a")', 'intersection([1, 2])', 'difference([1])', 'isdisjoint([5])', 'issubset(range(9))', 'issuperset([1])', '__len__()', '__contains__(1)', 'union()', 'intersection()']:
            yield f'sorted({value}.{call}, key=str) if not isinstance({value}.{call}, (bool, int)) else {value}.{call}'
        for change in ['add(9)', 'discard(1)', 'discard(9)', 'remove(1)', 'remove(9)', 'clear()', 'update([7, 8], [9])', 'intersection_update([1])', 'difference_update([1])', 'symmetric_difference_update([1, 9])', 'add([])']:
            yield f'(lambda s: (s.{change}, sorted(s)))({value})'
    yield from ['set("a")', 'frozenset()', 'frozenset([1])', '{1, 1.0, True}', 'set([[1]])', 'len({1, 2, 2})', '{(1, 2), (1, 2)}', '{1} == frozenset([1])', 'frozenset({1}) | {2}', '{frozenset({1}): 2}[frozenset([1])]', 'set().pop()', '{5}.pop()', 'set(5)']


def numbers():
    for value in INTS:
        yield from [f'({value}).bit_length()', f'({value}).bit_count()', f'({value}).as_integer_ratio()', f'({value}).conjugate()', f'({value}).real', f'({value}).imag', f'({value}).numerator', f'({value}).denominator',
                    f'({value}).__index__()', f'bin({value})', f'oct({value})', f'hex({value})', f'hash({value})', f'str({value})', f'float({value})', f'({value}).__round__(-1)', f'round({value}, -2)', f'abs({value})', f'-({value})', f'~({value})',
                    f'({value}).to_bytes(9, "big", signed=True)', f'({value}).to_bytes(9, "little", signed=True)', f'int.from_bytes(({value}).to_bytes(9, "big", signed=True), "big", signed=True)', f'bool({value})', f'format({value}, ",")', f'format({value}, "x")', f'format({value}, "+08d")', f'format({value}, ".3e")', f'format({value}, "#b")', f'"%d %5d %-5d| %05d %x %o" % ({value}, {value}, {value}, {value}, {value}, {value})']
    for value in FLOATS:
        yield from [f'repr({value})', f'str({value})', f'int({value})', f'round({value})', f'round({value}, 1)', f'round({value}, 2)', f'round({value}, -1)', f'abs({value})', f'-({value})', f'({value}).is_integer()', f'({value}).hex()', f'({value}).as_integer_ratio()', f'bool({value})',
                    f'"%f %.2f %e %g %10.3f|%-10.1e|%+.1f" % ({value}, {value}, {value}, {value}, {value}, {value}, {value})', f'{value} // 1', f'{value} % 1', f'({value}).__trunc__()', f'({value}).__floor__()', f'({value}).__ceil__()']
        for spec in ['', 'f', '.0f', '.1f', '.3f', 'e', '.0e', '.2E', 'g', '.3g', '.10g', '%', '.1%', '10.2f', '<10.2f', '^12.1f', '+.2f', ' .2f', '010.2f', ',.2f', '_.3f', '#.0f', '#g', '.3', '.0', '*>12', 'n', '.20f', 'z.1f', '=+10.1f', ',', '.17g', 'd', 's']:
            yield f'format({value}, "{spec}")'
    for a, b in itertools.product(NUMBERS, NUMBERS):
        yield from (f'({a}) {op} ({b})' for op in '+ - * / // % == < <='.split())
        yield f'divmod({a}, {b})'
    for a, b in itertools.product(['0', '1', '-1', '2', '-3', '10', '0.5', '-2.0'], ['0', '1', '2', '-1', '-2', '5', '0.5', '70']):
        if not (a.startswith('-') and b == '0.5'):
            yield f'({a}) ** ({b})'
    for a, b in itertools.product(['0', '5', '-6', '2**40', '-2**70'], ['0', '3', '-1', '8', '2**33']):
        yield from (f'({a}) {op} ({b})' for op in '& | ^'.split())
    yield from (f'({a}) {op} {b}' for a in ['1', '-5', '2**60', '0'] for op in ['<<', '>>'] for b in [0, 1, 33, 70, -1])
    yield from ['int()', 'int("12")', 'int("  -12\\n")', 'int("1_000")', 'int("0x1f", 16)', 'int("1f", 16)', 'int("0b101", 0)', 'int("0o17", 0)', 'int("010", 0)', 'int("z", 36)', 'int("12", 2)', 'int("")', 'int("1.5")', 'int("abc")', 'int("1__0")', 'int("+5")', 'int("٣")', 'int(None)', 'int([])', 'int(1e20)', 'int(-1.9)', 'int(b"12")', 'int("99999999999999999999")', 'int("5", 40)',
                'float()', 'float("1.5")', 'float(" 1e5 ")', 'float("inf")', 'float("-Infinity")', 'float("nan")', 'float("1_0.5")', 'float("")', 'float("x")', 'float(".5")', 'float("5.")', 'float("+1E-3")', 'float(True)', 'float([])', 'float(10**400)', 'float("1e400")', 'bool()', 'bool("")', 'bool(0.0)', 'bool("False")', 'bool(None)', 'bool(())',
                'round(0.5)', 'round(1.5)', 'round(2.5)', 'round(-0.5)', 'round(2.675, 2)', 'round(1234, -2)', 'round(1250, -2)', 'round(1350, -2)', 'round(-1250, -2)', 'round(5)', 'round(5, 3)', 'round(0.15, 1)', 'round(1e300, 5)', 'round("x")', 'round(True)', 'round(1.25, 1)', 'round(1.35, 1)', 'round(5e15 + 0.5)', 'round(0.49999999999999994)',
                'pow(2, 10)', 'pow(2, -1)', 'pow(2, 10, 7)', 'pow(3, -1, 7)', 'pow(2, -1, 4)', 'pow(-2, 3, 5)', 'pow(2, 3, -5)', 'pow(0, 0)', 'pow(2.0, 3)', 'pow(0, -1)', 'pow(2, 3, 0)', 'divmod(-7, 2)', 'divmod(7, -2)', 'divmod(7.5, 2)', 'divmod(1, 0)', 'abs("x")', 'abs(-5)', 'abs(True)', 'True + True', 'True * 3.0', 'True & False', 'True ^ True', '~True', 'isinstance(True, int)', 'isinstance(1, bool)',
                'hash(1.0)', 'hash(-1)', 'hash(2**61)', 'hash([])', 'hash({})', 'hash(True)', 'float.fromhex("0x1.8p1")', 'float.fromhex("-0x.8p-3")', '(5).is_integer()' if hasattr(int, 'is_integer') else '5', '1e308 * 10', '2**0.5', '10**-2', '7 // 0', '7 % 0', '7.0 // 0', '7 / 0', '0 ** -1', '-7 // 2', '-7 % 3', '7 % -3', '-7.5 % 2', '7.5 // -2', '5 % 3.5', '1e16 + 1', '0.1 + 0.2', '1 == 1.0', '2**53 == 2.0**53', '2**53 + 1 == 2.0**53', '1 < 2 < 3', '3 > 2 > 2', '1 if 0.0 else 2', '10**20 // 3', '10**20 / 3', '-10**20 % 7', '(10**20) * (10**20)', '2**100 - 1', 'int(2**0.5 * 10**10)', 'chr(97)', 'chr(128512)', 'chr(-1)', 'chr(0x110000)', 'ord("a")', 'ord("😀")', 'ord("ab")', 'ord("")', 'ascii("é")', 'bin(5.0)', 'hex("a")', 'oct(-8)']


def texts():
    for spec in ['', 's', '10', '<10', '>10', '^10', '*^11', '.2', '10.2', 'é>6', '010', '=10', 'd', '+s', ',', '<', '.0', '-^6s']:
        yield from (f'format({text}, "{spec}")' for text in ['"abc"', '""', '"日本😀"'])
    for spec in ['', 'd', '5', '<5', '^7', '+', ' ', '-', '05', '+05', '#x', '#X', 'b', 'o', 'c', '#o', '#010b', ',', '_', '_x', '010,', '08,', '09,', '12_d', 'e', '.2f', '%', 'g', 'n', 's', '.3', '^+9,', '=+6', '*=8d', '#_b', 'x<4d', '20,.2f']:
        yield from (f'format({value}, "{spec}")' for value in ['0', '65', '-1234', '1234567', 'True', '10**20'])
    yield from ['"{}".format(1)', '"{} {}".format(1, "a")', '"{1} {0}".format("a", "b")', '"{a} {b!r}".format(a=1, b="x")', '"{0[1]} {0[0]}".format([1, 2])', '"{d[k]}".format(d={"k": 5})', '"{x.real}".format(x=3)', '"{:>5}|{:<5}|{:^5}".format(1, 2, 3)', '"{:{w}.{p}f}".format(3.14159, w=10, p=2)', '"{{}} {}".format(1)', '"{!r:>6}".format("a")', '"{!s}".format(None)', '"{!a}".format("é")', '"{"', '"{".format()', '"}".format()', '"{} {}".format(1)', '"{a}".format()', '"{:d}".format("x")', '"{:05.1f}".format(2.25)', '"{0}{0}".format("ab")', '"{a}".format_map({"a": 1})', '"{:,}".format(1234567.891)', '"{!x}".format(1)', '"{0.a}".format(1)', '"{[a]}".format({"a": 1})', '"{:%}".format(0.25)', '"{:}".format([1])', '"{:5}".format(None)', '"{:>8}".format(True)', '"{:5}".format([1])', '"{:.3}".format("abcdef")',
                '"%s" % "a"', '"%s %s" % (1, 2)', '"%r" % "a"', '"%5s|%-5s|" % ("a", "b")', '"%.2s" % "abc"', '"%d" % 3.7', '"%d" % "x"', '"%i" % True', '"%05d" % -42', '"%+d" % 5', '"% d" % 5', '"%x" % 255', '"%#x" % 255', '"%X" % 255', '"%o" % 8', '"%c" % 65', '"%c" % "a"', '"%e" % 12345.678', '"%.3e" % 0', '"%g" % 1e-5', '"%g" % 123456789', '"%G" % 1e-10', '"%%"', '"%d%%" % 5', '"%(a)s-%(b)d" % {"a": 1, "b": 2}', '"%(a)5.1f" % {"a": 2.25}', '"%s" % (1, 2)', '"%s %s" % 1', '"%*d" % (5, 3)', '"%-*d|" % (5, 3)', '"%.*f" % (2, 3.14159)', '"%s" % None', '"%s" % [1]', '"%s" % {"a": 1}', '"%a" % "é"', '"%z" % 1', '"%" % 1', '"%.3d" % 5', '"%6.3d|" % 5', '"abc" % ()', '"abc" % 1', '"%s" % ((1, 2),)', '"%5.1f%%" % 99.55', '"%f" % float("inf")', '"%5d" % 10**20', '"%s" % 1e16', '"%r" % 0.1', '"%08.3f" % -3.14159', '"%+.2e" % 1234.5', '"%x" % 2.0', '"%s%s" % ("a", "b")',
                'repr("a\'b")', 'repr("a\\"b\'c")', 'repr("\\n\\t\\\\")', 'repr("\\x00\\x7f\\xa0\\u200b\\ud7ff")', 'repr("é日😀")', 'repr(b"a\\x00\\xff\'")', 'repr([1, "a", None, True, 1.0, (1,), {}, set()])', 'repr({"a": [1, {"b": 2}]})', 'repr(())', 'repr(frozenset())', 'str(b"a")', 'str(b"a", "utf-8")', 'str()', 'str(None)', 'str([1, "a"])', 'str(int)', 'repr(ValueError("x"))', 'str(ValueError("x"))', 'str(ValueError("x", 1))', 'repr(KeyError("x"))', 'str(KeyError("x"))', 'str(Exception())', 'repr(type)', 'repr(...)', 'repr(NotImplemented)', 'repr(range(2))', 'repr(slice(1))', 'ascii([1, "é"])', 'repr({1: {2: {3}}})', 'f"{1+1} {2.5:.1f} {\'a\'!r}"', 'f"{3:>{5}}"', 'f"{[1, 2]}"', 'f"{None}"', 'f"{1e5}"', 'f"{10**20:,}"',
                'b"abc".decode()', 'b"\\xc3\\xa9".decode("utf-8")', 'b"\\xff".decode()', 'b"\\xe9".decode("latin-1")', '"é".encode("latin-1")', '"日".encode("ascii")', 'b"abc"[0]', 'b"abc"[1:]', 'b"a,b".split(b",")', 'b"abc".upper()', 'b"abc".hex()', 'bytes.fromhex("61 62")', 'bytes(3)', 'bytes([1, 2])', 'bytes("a", "utf-8")', 'bytes("a")', 'bytes([256])', 'b"abc".replace(b"b", b"x")', 'b"abc".find(b"c")', 'list(b"ab")', 'len(b"abc")', 'b"a" + b"b"', 'b"a" == "a"', 'b"abc".startswith(b"a")', 'b"a-b".join([b"1", b"2"])', 'b" a ".strip()', 'b"abc".find("c")', 'b"ab" * 2', 'b"a" < b"b"']


def objects():
    yield from ['type(1)', 'type("a")', 'type(None)', 'type([])', 'type(int)', 'type(type)', 'type(1.0).__name__', 'type(len)', 'type(lambda: 0)', 'type(...)', 'type(range(1))', 'type(iter([]))', 'type({}.keys())', 'type(x for x in "")', 'type(b"")', 'type(True).__mro__', 'isinstance(1, int)', 'isinstance(1, (str, int))', 'isinstance(1.0, int)', 'isinstance([], list)', 'isinstance(int, type)', 'isinstance(None, type(None))', 'isinstance(len, object)', 'isinstance(1, (str, (float, int)))', 'isinstance(1, "x")', 'issubclass(bool, int)', 'issubclass(int, (str, object))', 'issubclass(KeyError, LookupError)', 'issubclass(1, int)', 'issubclass(ModuleNotFoundError, ImportError)', 'issubclass(IndexError, KeyError)', 'issubclass(UnicodeDecodeError, ValueError)', 'issubclass(UserWarning, Exception)', 'IOError is OSError',
                'callable(len)', 'callable(1)', 'callable(int)', 'callable(lambda: 0)', 'hasattr([], "append")', 'hasattr([], "nope")', 'hasattr(1, "__add__")', 'hasattr("", "__iter__")', 'hasattr(1, "__iter__")', 'hasattr({}, "__getitem__")', 'hasattr(int, "mro")', 'getattr("abc", "upper")()', 'getattr(1, "nope", 5)', 'getattr(1, "nope")', 'getattr([], "nope", None)', '(1).nope', '"".nope()', 'None.x', 'int.__name__', 'len.__name__', 'ValueError("a", 2).args', 'KeyError("k").args[0]', 'type("A", (), {"x": 1}).x', 'type("A", (int,), {})(5) + 1', 'type("A", (list,), {})([1, 2])', 'type("A", (dict,), {})(a=1)', 'type("A", (str,), {})("abc").upper()', 'type("A", (tuple,), {})([1, 2])', 'type("A", (float,), {})(1.5) * 2', 'type("A", (dict,), {"__missing__": lambda s, k: k * 2})()["ab"]', 'type("A", (), {"__len__": lambda s: 3}) and len(type("A", (), {"__len__": lambda s: 3})())', 'len(type("A", (list,), {"__len__": lambda s: 7})([1]))', 'bool(type("A", (), {"__bool__": lambda s: False})())', 'str(type("A", (), {"__str__": lambda s: "me"})())', 'repr(type("A", (), {"__repr__": lambda s: "me"})())', 'str(type("A", (), {"__repr__": lambda s: "me"})())', 'f"{type(chr(65), (), {chr(95)*2 + chr(102) + chr(111) + chr(114) + chr(109) + chr(97) + chr(116) + chr(95)*2: lambda s, f: f + chr(33)})():abc}"', 'int(type("A", (), {"__int__": lambda s: 4})())', 'float(type("A", (), {"__float__": lambda s: 4.5})())', 'range(type("A", (), {"__index__": lambda s: 2})())', 'abs(type("A", (), {"__abs__": lambda s: 4})())', 'list(type("A", (), {"__iter__": lambda s: iter([1, 2])})())', 'list(type("A", (), {"__getitem__": lambda s, i: [5, 6][i]})())', '3 in type("A", (), {"__contains__": lambda s, x: x == 3})()', 'round(type("A", (), {"__round__": lambda s, n=None: n})(), 2)', 'sorted([type("A", (int,), {})(2), 1])', 'reversed(type("A", (), {"__reversed__": lambda s: "r"})())', 'property(lambda s: 5).fget(0)', 'type("A", (), {"p": property(lambda s: 5)})().p', 'type("A", (), {"f": staticmethod(lambda: 6)}).f()', 'type("A", (), {"f": classmethod(lambda c: c.__name__)}).f()', 'object() == object()', '(lambda o: o == o)(object())', 'type("A", (), {"__eq__": lambda s, o: True})() == 5', 'type("A", (), {"__eq__": lambda s, o: True})() != 5', 'type("A", (), {"__hash__": lambda s: 42}) and hash(type("A", (), {"__hash__": lambda s: 42})())', '"x".__class__', '(5).__class__.__name__', 'sorted(dir(type("A", (), {"zz": 1})))[-1]', 'vars(type("A", (), {})())', '(lambda: 5)()', '(lambda *a, **k: (a, k))(1, b=2)', '(lambda x, /, y=2: x + y)(1)', '(lambda x: x)()', '(lambda x: x)(1, 2)', 'len(1, 2)', 'len()', 'sorted()', 'int(x=5)', 'dict(**{"a": 1})', 'str(object=5)', 'sum(1)', 'max(1, "a")', 'min(None, 1)', '[] + ()', '"a" - "b"', '{} + {}', '-"a"', 'not []', '1 and []', '0 or "x"', 'None is None', '[] is []', '() == []', '[x for x in range(5) if x % 2]', '{x: x ** 2 for x in range(3)}', 'sorted({x % 3 for x in range(9)})', 'list(x + y for x in "ab" for y in "cd")', '[*range(3), *"ab"]', '(a := 5) + a', '[y := 1, y ** 2]', '"a" if [] else "b"', '1 < 2 < 1', '1 in [1] == True', 'next(x for x in [1, 2] if x > 1)', 'next((x for x in []), 0)', 'list(map(lambda x: x * 2, (y for y in range(3))))', 'any(map(str.isdigit, "a1"))', 'list(map(str.upper, "ab"))', 'sorted(["b", "A"], key=str.lower)', 'list(zip(*[[1, 2], [3, 4]]))', 'dict(zip("ab", [1, 2])).items()', 'max({"a": 3, "b": 5}.items(), key=lambda kv: kv[1])', 'int.__add__(1, 2)', 'list.__len__([1])', 'dict.get({"a": 1}, "a")', 'str.join(",", ["a", "b"])', 'float.__mul__(2.0, 3.0)', 'object.__eq__(1, 1)', 'StopIteration(5).value', 'SystemExit(3).code', 'OSError(2, "x").errno', 'str(OSError(2, "x"))', 'ImportError("x").msg', 'list(iter(lambda: 1, 1))', 'ExceptionGroup("g", [ValueError()]).message']


def main():
    rows = []
    for expression in dict.fromkeys(itertools.chain(strings(), sequences(), mappings(), numbers(), texts(), objects())):
        try:
            outcome = repr(eval(expression, {'__name__': '__main__'}))
        except Exception as error:
            outcome = f'!{type(error).__name__}'
        if ' at 0x' not in outcome:
            rows.append([expression, outcome])
    print('[')
    print(',\n'.join(json.dumps(row, ensure_ascii=True) for row in rows))
    print(']')


if __name__ == '__main__':
    main()
