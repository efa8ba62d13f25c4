"""Evaluates expressions over numpy's own numbers and prints, as JSON, the type and the value that each one gives.

Like `arrays.py`, with the same Python: `/usr/bin/python3 test/oracle/scalars.py > test/oracle/golden/scalars.json`.
"""
import itertools
import json
import pathlib
import random
import warnings

import numpy as np

PRELUDE = pathlib.Path(__file__).with_name('scalars_prelude.py').read_text()
warnings.simplefilter('ignore')
random.seed(5)

NUMPY = ['np.int64({})', 'np.int32({})', 'np.float64({}.5)', 'np.float32({}.3)', 'np.bool_({})', 'np.arange(1, 9)[{}]', 'np.linspace(0, 7, 50)[{}]',
         'np.array([.1, .2, .3, .7, .9], dtype=np.float32)[{}]', 'np.prod([{}, 3])', 'np.sqrt({})']
PYTHON = ['{}', '{}.7', 'True', '-{}', '.1']
OPERATORS = '+ - * / // % ** & | ^ << >> < <= > >= == !='.split()
UNARY = ['-{}', '+{}', '~{}', 'abs({})', 'round({})', 'round({}, 1)', 'round({}, 0)', 'int({})', 'float({})', 'bool({})', 'not {}', 'str({})', 'repr({})', 'f"{{{}}}"',
         'f"{{{}:.3f}}"', '"%.2f" % {}', '"%s" % {}', 'hash({}) == hash(int({}))', 'math.sqrt({})', 'math.floor({})', 'math.ceil({})', 'math.log({} + 1)', 'sum([{}, {}])',
         'max({}, 3)', 'min({}, 3.5)', 'max({}, {})', 'sorted([{}, 2])[0]', '{}.item()', '{}.tolist()', '{}.astype(int)', '{}.astype(np.float32)', '{}.astype("float64")', '{}.round()',
         '{}.round(1)', '{}.sum()', '{}.mean()', '{}.max()', '{}.ndim', '{}.shape', '{}.size', 'np.sqrt({})', 'np.floor({})', 'np.ceil({})', 'np.abs({})', 'np.round({})', 'np.round({}, 2)',
         'np.log2({} + 1)', 'np.square({})', 'np.sign({} + 1)', 'np.maximum({}, 2)', 'np.clip({}, 0, 2)', 'np.array({})', 'np.asarray([{}, 1])', 'np.array([{}, {}])', '{} in [1, 2, 3]',
         '{{{}: 1}}', '{{1: "a", 2: "b", 3: "c"}}.get({})', 'isinstance({}, int)', 'isinstance({}, float)', 'isinstance({}, (int, float))', 'isinstance({}, np.integer)',
         'isinstance({}, np.floating)', 'isinstance({}, np.generic)', 'isinstance({}, np.ndarray)', 'isinstance({}, numbers.Number)', 'isinstance({}, numbers.Integral)',
         'isinstance({}, collections.abc.Iterable)', 'type({}) is bool', 'copy.deepcopy({})', 'copy.copy({})', 'divmod({}, 2)', 'pow({}, 2)', '[1] * {}', '(1, 2) * {}', '"ab" * {}',
         '{} * [1]', 'list(range({}))', '[4, 5, 6, 7, 8][{}]', '[4, 5, 6, 7, 8][:{}]', '(4, 5, 6, 7, 8)[{}]', 'np.zeros({})', 'np.arange({})', 'np.float32({})', 'np.int64({})',
         'len([{}])', '{} if {} else 0', '{} and 5', '{} or 5', '{} is True', 'np.float64({})', 'operator.index({})', '1 if {} > 2 else 0', '({} > 2) * .5', '({} > 2) + 1', 'int({} > 2)',
         '"{{:>6}}".format({})', '"{{:d}}".format(int({}))', 'json.dumps(float({}))', 'complex_free({} * 1)', 'halved({})', 'accumulated({})', 'grown({})', 'rounded_up({})']


def operand(templates):
    return random.choice(templates).format(random.randint(1, 4))


def expressions():
    """What gives half precision, or single precision by code of numpy's own, is not computed here and left out."""
    return (it for it in every_expression() if not left_out(it))


def left_out(expression):
    names = {}
    exec(PRELUDE, names)
    try:
        given = eval(expression, names)
    except Exception:
        return 'bool_' in expression or '> -' in expression
    kept = isinstance(given, (np.float16, np.int8)) or 'hash' in expression and not given
    return kept or isinstance(given, np.float32) and any(it in expression for it in ['//', ' % ', '**']) or '>> -' in expression


def every_expression():
    for operator in OPERATORS:
        for left, right in itertools.product(NUMPY, NUMPY):
            if random.random() < .35:
                yield f'{left.format(random.randint(1, 4))} {operator} {right.format(random.randint(1, 4))}'
        for left in NUMPY:
            yield f'{left.format(random.randint(1, 4))} {operator} {operand(PYTHON)}'
            yield f'{operand(PYTHON)} {operator} {left.format(random.randint(1, 4))}'
    for form in UNARY:
        for scalar in NUMPY:
            yield form.replace('{}', scalar.format(random.randint(1, 4))).replace('{{', '{').replace('}}', '}')
    for digits in range(5):
        for _ in range(12):
            yield f'round(np.float64({random.uniform(-9, 9):.4f}), {digits})'
            yield f'np.round({random.uniform(-99, 99):.5f}, {digits})'
            yield f'round(np.float32({random.uniform(-9, 9):.4f}), {digits})'
    for zero in ['0', '0.0', 'np.int64(0)', 'np.float64(0)']:
        for scalar in ['np.int64(3)', 'np.float64(-3)', 'np.float32(2)', 'np.float64(0)']:
            yield f'{scalar} / {zero}'


def main():
    names = {}
    exec(PRELUDE, names)
    rows = []
    for expression in dict.fromkeys(expressions()):
        try:
            outcome = repr(names['typed'](eval(expression, names)))
        except Exception as error:
            outcome = f'!{type(error).__name__}'
        rows.append([expression, outcome])
    print(json.dumps(rows, indent=0))


main()
