"""Evaluates expressions over numpy's arrays and prints, as JSON, what each one gives.

Like `library.py`. Run with Python 3.11 and numpy 1.24: `/usr/bin/python3 test/oracle/arrays.py > test/oracle/golden/arrays.json`.
"""
import json
import pathlib

PRELUDE = pathlib.Path(__file__).with_name('arrays_prelude.py').read_text()

MADE = ['np.arange(5)', 'np.arange(1.5)', 'np.arange(2, 11, 3)', 'np.arange(0, 1, .1)', 'np.arange(6.).reshape(2, 3)', 'np.zeros((2, 3))', 'np.ones(3, dtype=int)', 'np.zeros((2, 0))', 'np.full((2, 2), 7)', 'np.full(3, .5, dtype=np.float32)', 'np.eye(3)', 'np.eye(2, 3, 1)', 'np.identity(2)', 'np.linspace(0, 1, 7)', 'np.linspace(2, 3, 4, endpoint=False)', 'np.linspace(0, 0.1, 12)', 'np.array([1, 2, 3])', 'np.array([[1, 2.5], [3, 4]])', 'np.array([True, False])', 'np.array([])', 'np.array(range(4))', 'np.array([np.arange(2), [5, 6]])', 'np.array([.1, .2], dtype="float32")', 'np.asarray((1, 2), dtype=np.int32)', 'np.zeros_like(np.arange(3))', 'np.ones_like([1.5, 2])', 'np.array([1.7, -1.7]).astype(int)', 'np.array([0, 2]).astype(bool)', 'np.array([1, 2]).astype("float32")', 'np.arange(4, dtype=np.float32)', 'np.array(3.5)', 'np.array([[1], [2, 3]], dtype=object) if 0 else 1']
INDEXED = ['a[0]', 'a[-1]', 'a[1, 2]', 'a[:, 0]', 'a[:, ::2]', 'a[::-1]', 'a[..., 1]', 'a[None]', 'a[:, np.newaxis, 1:]', 'a[5]', 'a[0, 0, 0]', 'a[[1, 0]]', 'a[a > 2]', 'a[np.array([0, 0, 1])]', 'b[2:]', 'b[-3:-1]', 'b[b % 2 == 0]', 'c[1][0]', 'c[0, :, 1]', 'c[:, :, -1]', 'c[1, ..., 0]', 'len(c)', 'c.shape', 'c.ndim', 'c.size', '[x.tolist() for x in a]', 'a[1.0] if 0 else 1', 'b[1:10:3]', 'c[range(2), [0, 1]]', 'c[[0, 1], :, [1, 1]]', 'c[:, [0, 2]]', 'c[0, [0, 2]]', 'c[:, [0, 2], 1]', 'c[0, :, [1, 0]]', 'c[np.array([[0], [1]]), np.array([0, 2])]', 'b[range(2)]', 'c[[0, 5], 1]', 'np.ogrid[:2, :3]', 'np.mgrid[0:2, 1:7:3]', 'np.mgrid[:3]', 'list(np.ogrid[:2, :3])', 'a[()]', 'np.array(3.5)[np.array(3.5) > 3]', 'np.array(3.5)[np.array(3.5) > 4]', 'b[True]', 'scalar_mask(20.)', 'scalar_mask(2000.)']
OPERATORS = '+ - * / // % ** < <= > >= == !='.split()
OPERANDS = [('a', 'a'), ('a', '2'), ('2', 'b'), ('b', '.5'), ('b', 'b[:, None]'), ('f', '.1'), ('f', 'b[:3]'), ('f', 'f'), ('f', 'np.arange(3.)'), ('a', 'np.array([1, 2])'), ('a', '[1, 2, 3]'), ('c', 'a[:, None, :2]'), ('i', '2'), ('i', '1.5'), ('i', 'i'), ('b', 'True')]
FUNCTIONS = 'sqrt exp log sin cos tan arctan ceil floor trunc rint abs square negative sign deg2rad log2 log10'.split()
REDUCED = ['sum', 'prod', 'mean', 'max', 'min', 'std', 'var', 'any', 'all', 'argmax', 'argmin']


def expressions():
    yield from MADE
    yield from INDEXED
    yield from (f'{a} {op} {b}' for op in OPERATORS for a, b in OPERANDS if not (op in ('**', '%', '//') and ('f' in a + b)) and not (op in ('%', '//') and (a == '2' or b == 'b[:, None]')))
    yield from (f'np.{name}({x})' for name in FUNCTIONS for x in ['a', 'b + 1', '2.5', '4'] if not (x == 'a' and name.startswith('log')))
    yield from (f'np.{name}({x})' for name in REDUCED for x in ['a', 'b', 'c', '[1, 2, 3]', 'np.arange(200.) / 7'])
    yield from (f'{x}.{name}(axis={axis})' for name in REDUCED for x, axis in [('a', 1), ('c', -1), ('b', 0)] if not (name in ('argmax', 'argmin') and x == 'c'))
    yield from (f'a.{name}(axis=0)' for name in ['max', 'min', 'any', 'all', 'argmax'])
    yield from ['a.sum(keepdims=True)', 'a.max(axis=1, keepdims=True)', 'c.max(axis=(0, 2))', 'np.cumsum(b)', 'np.cumsum([.1] * 12)', 'np.cumprod(b + 1)', 'b.cumsum()']
    yield from ['a.T', 'c.transpose(2, 0, 1)', 'np.transpose(a)', 'c.swapaxes(0, 2)', 'a.reshape(3, 2)', 'a.reshape(-1)', 'a.reshape((1, -1))', 'c.reshape([3, 4])', 'a.reshape(4)', 'a.ravel()', 'a.T.flatten()', 'np.expand_dims(b, 0)', 'np.expand_dims(b, -1)', 'np.squeeze(a[None])', 'np.squeeze(a[None, :, None], axis=2)', 'np.broadcast_to(b[:3], (2, 3))', 'np.tile(b[:2], 3)', 'np.tile(a, (2, 1))', 'np.tile(b[:2], (2, 2))', 'np.repeat(b[:3], 2)', 'np.repeat(a, 2, axis=1)', 'np.repeat(a, 2, axis=0)', 'np.flip(a)', 'np.flip(a, 1)', 'np.flipud(a)', 'np.fliplr(a)', 'a.tolist()', 'float(np.array([2.5]))', 'int(np.array(3))', 'a.item(3)', 'list(b)', 'b.copy()']
    yield from ['np.concatenate([b, b])', 'np.concatenate([a, a], axis=1)', 'np.concatenate([a, a * 1.5])', 'np.concatenate([np.zeros([1, 3]), a], axis=0)', 'np.stack([b, b + 1])', 'np.stack([b, b + 1], axis=1)', 'np.stack(np.meshgrid(b[:2], b[:3]), axis=0)', 'np.hstack([b, b])', 'np.vstack([b, b])', 'np.vstack([a, a])', 'np.meshgrid(b[:2], b[:3])', 'np.meshgrid(b[:2], b[:3], indexing="ij")', 'np.outer(b, b)', 'np.outer(np.arange(3) / 7, np.arange(2) / 3)', 'np.dot(b, b)', 'np.matmul(a.astype(int), np.arange(6).reshape(3, 2))', 'np.einsum("m,d->md", b / 3, b / 7)', 'np.einsum("ij,jk->ik", np.arange(4).reshape(2, 2), np.arange(4).reshape(2, 2))', 'np.einsum("ii->i", np.arange(4).reshape(2, 2))', 'np.triu(np.ones((3, 3)))', 'np.triu(np.ones((3, 3)), k=1).astype("uint8")', 'np.tril(np.arange(6).reshape(2, 3), -1)', 'np.indices((2, 2))', 'np.where(a > 2, a, 0)', 'np.where(a > 2, 1.5, b[:3])', 'np.where([True, False], 1, 2)', 'np.clip(b, 1, 3)', 'np.clip(a / 3, .5, None)', 'np.round(a / 7, 2)', 'np.around(2.5)', 'np.maximum(b, 2)', 'np.minimum(a, [1, 2, 3])', 'np.power(10000, 2 / 7)', 'np.power(b, 2)', 'np.power(2, b / 2)', 'np.nonzero(b > 1)[0]', 'np.unique([3, 1, 3])', 'np.sort([3, 1, 2])', 'np.arange(0, 1, .1, dtype=np.float32)', 'np.arange(.1, 2, .3, dtype="float32")', 'np.arange(3, dtype=float) / 3', 'sorted_in_place()', 'flat_writes()', 'np.interp(2.5, [1, 2, 3], [10, 20, 40])', 'np.interp([0, 1.5], [1, 2], [3, 4])', 'np.logical_and(a > 1, a < 4)', '(a > 1) & (a < 4)', '-a', 'abs(-a)', 'a @ a.T > 3', 'np.prod((2, 3, 4))', 'np.median([3, 1, 2])', 'np.diff([1, 4, 9])', 'np.diff(a)', 'np.diff([True, True, False])', 'np.diff([d for d, t in zip(range(5), [1, 0, 1, 1, 0]) if t]).tolist()', 'np.append([1, 2], 3)', 'np.append(a, [[1, 2, 3]], axis=0)', 'np.append(a, 9.5)', 'generate_widths(36.44, 24, 2.49, 13)', 'np.median([4, 1, 2, 3])', 'np.shape(a)', 'np.size(a)', 'np.ndim(c)', 'a.astype(int) @ np.ones((3, 1), dtype=int)', 'np.float32(.1) * 1.0 == .1', 'np.int64(7) // 2', 'bool(np.array([1]))', 'bool(a)', 'a + "x" if 0 else 1', '[1, 2] + b[:2]', 'np.arange(3) * np.pi', 'np.sin(np.arange(50.) * .37)', 'np.cos(np.arange(50.) * 3.7)', 'np.exp(np.arange(50.) / 7 - 3)', 'np.log(np.arange(1, 50) / 7)', '1 / 10000 ** (np.arange(16, dtype=float) / 16)']
    yield from ['table()', 'grid_table(8, 2)', 'views()', 'aliased()', 'in_place()', 'nested_writes()', 'masked()', 'looped()', 'branch()', 'anchors()', 'bilinear()', 'rows()']


def plain(value):
    import numpy as np
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, (list, tuple)):
        return type(value)(map(plain, value))
    return value


def main():
    names = {}
    exec(PRELUDE, names)
    rows = []
    for expression in expressions():
        try:
            outcome = repr(plain(eval(expression, names)))
        except Exception as error:
            outcome = f'!{type(error).__name__}'
        rows.append([expression, outcome])
    print(json.dumps(rows, indent=0))


main()
