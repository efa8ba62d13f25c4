"""Evaluates expressions in PyTorch and prints, as JSON, what each gives: `shape`, `dtype`, `values`, or `error`.

Run with torch 1.13.1: `python3 test/oracle/tensors.py > test/oracle/golden/tensors.json`.
"""
import itertools
import json
import re

import numpy as np
import torch
import torch.nn.functional as F

SMALL = ['torch.arange(6).view(2, 3)', 'torch.tensor([0.5, -1.25, 3.0])', 'torch.eye(3)', 'torch.ones(2, 1, 4)',
         'torch.tensor([[1, -2], [3, 7]], dtype=torch.int32)', 'torch.tensor(2.5)', 'torch.zeros(0, 3)',
         'torch.linspace(-1, 1, 7)', 'torch.arange(24.).reshape(2, 3, 4)', 'torch.tensor([True, False, True])']

UNARY = ['abs', 'neg', 'sqrt', 'square', 'floor', 'ceil', 'round', 'trunc', 'sign', 'exp2', 'reciprocal', 'relu',
         'flatten', 't', 'unsqueeze(0)', 'unsqueeze(-1)', 'squeeze', 'sum', 'prod', 'max', 'min', 'tolist', 'long',
         'float', 'bool', 'double', 'numel', 'dim', 'size', 'clone', 'contiguous', 'detach', 'ravel', 'any', 'all',
         'argmax', 'argmin', 'isnan', 'logical_not', 'flip(0)', 'sum(0)', 'sum(-1, keepdim=True)', 'amax(0)',
         'transpose(0, -1)', 'T', 'shape', 'view(-1)', 'reshape(-1, 1)', 'expand(2, 2, 3)', 'repeat(2, 1, 1)', 'cumsum(0)',
         'cumsum(-1)', 'tril()', 'triu(1)', 'roll(1)', 'roll(1, 0)', 'chunk(2)', 'split(1)', 'unbind()', 'narrow(0, 0, 1)',
         'select(0, 0)', 'clamp(0, 2)', 'clamp(min=1)', 'repeat_interleave(2)', 'repeat_interleave(2, 0)', 'diagonal()',
         'new_zeros(2)', 'new_full((2,), 7)', 'pow(2)', 'pow(3)', 'var(unbiased=False)', 'mean()', 'unique()', 'element_size()',
         'stride()', 'is_contiguous()', 'storage_offset()', 'dtype', 'is_floating_point()', 'item()', 'ndim', 'nonzero()',
         '__len__()', 'mul(2)', 'add(1)', 'sub(0.5)', 'div(2)', 'floor_divide(2)', 'remainder(2)', 'eq(1)', 'gt(0)', 'movedim(0, -1)',
         'swapaxes(0, 1)', 'permute(1, 0)', 'permute(2, 0, 1)', 'unflatten(0, (-1, 1))', 'diff()', 'type_as(torch.ones(1))',
         'view(torch.float32)', 'fill_(3)', 'zero_()', 'mul_(2)', 'add_(1)', 'unfold(0, 2, 1)']

INDICES = ['[0]', '[-1]', '[:1]', '[1:]', '[::2]', '[..., 0]', '[None]', '[:, 0]', '[:, None]', '[:, :2]', '[0, 1]', '[[0, 1]]',
           '[torch.tensor([0, 1, 0])]', '[:, [0, 1]]', '[..., -1:]', '[..., None, :]', '[1, ..., 0]', '[:, 1:]',
           '[torch.tensor(0)]', '[0:0]']

PAIRS = ['torch.arange(3)', 'torch.ones(2, 3)', 'torch.tensor([[0.1], [0.2]])', '2', '0.5', 'True', 'torch.tensor(3)',
         'torch.tensor([1, 2, 3], dtype=torch.uint8)', 'torch.tensor(0.25, dtype=torch.float64)']

OPERATORS = ['+', '-', '*', '/', '//', '%', '**', '==', '<', '>=', '&']

OTHERS = '''torch.arange(5)
torch.arange(2, 9, 3)
torch.arange(0, 1, 0.1)
torch.arange(10, 0, -4)
torch.arange(3.5)
torch.linspace(0, 0.1, 12)
torch.linspace(0, 0.2, 24)
torch.linspace(3, 10, 1)
torch.linspace(0, 1, 2)
torch.linspace(-10, 10, 101)
torch.linspace(0, 0.3, 48)
torch.linspace(0, 0.5, 100)
torch.linspace(0, 1, 333)
torch.linspace(0, 1, 20, dtype=torch.float64)
torch.full((2, 2), 3)
torch.full((2, 2), 3.5)
torch.full([3], True)
torch.zeros(2, 3, dtype=torch.int64)
torch.zeros((2, 3))
torch.zeros([4])
torch.zeros(size=(2, 1))
torch.ones_like(torch.zeros(2, 3))
torch.zeros_like(torch.arange(3))
torch.full_like(torch.ones(2), 7)
torch.eye(2, 3)
torch.tensor([[1, 2], [3, 4]])
torch.tensor([1, 2.5])
torch.tensor([True, False])
torch.tensor(3)
torch.tensor([])
torch.tensor([[1, 2]], dtype=torch.float16)
torch.Tensor([1, 2])
torch.FloatTensor([[1, 2]])
torch.LongTensor([1, 2])
torch.as_tensor([1, 2])
torch.tril(torch.ones(3, 3))
torch.triu(torch.ones(3, 3), diagonal=1)
torch.triu(torch.full((3, 3), float('-inf')), 1)
torch.tril_indices(3, 3)
torch.triu_indices(3, 3, 1)
torch.cat([torch.ones(2, 3), torch.zeros(1, 3)])
torch.cat([torch.ones(2, 3), torch.zeros(2, 1)], dim=1)
torch.cat((torch.arange(2), torch.arange(3)), -1)
torch.stack([torch.ones(3), torch.zeros(3)])
torch.stack([torch.ones(3), torch.zeros(3)], dim=1)
torch.stack([torch.ones(2, 2), torch.zeros(2, 2)], -1)
torch.hstack([torch.ones(2), torch.zeros(3)])
torch.vstack([torch.ones(2), torch.zeros(2)])
torch.meshgrid(torch.arange(2), torch.arange(3), indexing='ij')
torch.meshgrid([torch.arange(2), torch.arange(3)], indexing='xy')
torch.stack(torch.meshgrid(torch.arange(2), torch.arange(2), indexing='ij')).flatten(1)
torch.outer(torch.arange(3), torch.arange(2))
torch.where(torch.tensor([True, False]), torch.ones(2), torch.zeros(2))
torch.where(torch.arange(3) > 1, 1.0, 0.0)
torch.sum(torch.ones(2, 3), dim=1)
torch.max(torch.tensor([3, 1]), torch.tensor([2, 5]))
torch.maximum(torch.tensor([3.0, 1.0]), torch.tensor([2.0, 5.0]))
torch.max(torch.tensor([[3, 1], [0, 9]]), dim=1)[0]
torch.max(torch.tensor([[3, 1], [0, 9]]), dim=1).indices
torch.matmul(torch.ones(2, 3), torch.ones(3, 4)).shape
(torch.ones(5, 2, 3) @ torch.ones(3, 4)).shape
(torch.ones(3) @ torch.ones(3, 4)).shape
(torch.ones(2, 3) @ torch.ones(3)).shape
(torch.ones(7, 1, 2, 3) @ torch.ones(5, 3, 4)).shape
torch.bmm(torch.ones(2, 3, 4), torch.ones(2, 4, 5)).shape
torch.einsum('bhid,bhjd->bhij', torch.ones(2, 3, 4, 5), torch.ones(2, 3, 6, 5)).shape
[it.shape for it in torch.linalg.qr(torch.arange(24.).view(2, 4, 3).sin())]
[it.shape for it in torch.qr(torch.arange(24.).view(2, 4, 3).sin())]
[it.shape for it in torch.svd(torch.arange(24.).view(2, 4, 3).sin())]
[it.shape for it in torch.linalg.svd(torch.arange(24.).view(2, 4, 3).sin())]
[it.shape for it in torch.linalg.eigh((torch.eye(3) + 1).expand(2, 3, 3))]
[it.shape for it in torch.lu((torch.eye(3) + 1).expand(2, 3, 3))]
[it.shape for it in torch.linalg.lu(torch.arange(24.).view(2, 4, 3).sin())]
[it.shape for it in torch.linalg.lu_factor(torch.arange(24.).view(2, 4, 3).sin())]
[it.shape for it in torch.linalg.slogdet((torch.eye(3) + 1).expand(2, 3, 3))]
[it.shape for it in torch.lu_unpack(*(torch.eye(3) + 1).expand(2, 3, 3).lu())]
torch.linalg.lstsq(torch.arange(24.).view(2, 4, 3).sin(), torch.ones(2, 4, 5)).solution.shape
torch.linalg.solve((torch.eye(3) + 1).expand(2, 3, 3), torch.ones(2, 3, 5)).shape
torch.linalg.solve(torch.eye(3), torch.ones(3)).shape
(torch.eye(3) + 1).expand(2, 3, 3).inverse().shape
torch.linalg.pinv(torch.arange(24.).view(2, 4, 3).sin()).shape
torch.cholesky((torch.eye(3) + 1).expand(2, 3, 3)).shape
(torch.eye(3) + 1).expand(2, 3, 3).det().shape
torch.logdet((torch.eye(3) + 1).expand(2, 3, 3)).shape
torch.linalg.svdvals(torch.arange(24.).view(2, 4, 3).sin()).shape
torch.linalg.svd(torch.arange(24.).view(2, 4, 3).sin())[2].shape
torch.svd(torch.arange(24.).view(2, 4, 3).sin()).V.shape
torch.linalg.eigh((torch.eye(3) + 1).expand(2, 3, 3)).eigenvalues.shape
torch.triangular_solve(torch.ones(2, 3, 5), (torch.eye(3) + 1).expand(2, 3, 3)).solution.shape
torch.cholesky_solve(torch.ones(3, 2), torch.eye(3)).shape
torch.einsum('ij,jk', torch.ones(2, 3), torch.ones(3, 4)).shape
torch.einsum('i,d->id', torch.ones(2), torch.ones(3)).shape
torch.flatten(torch.ones(2, 3, 4), 1).shape
torch.squeeze(torch.ones(1, 3, 1)).shape
torch.squeeze(torch.ones(1, 3, 1), 0).shape
torch.permute(torch.ones(2, 3, 4), (2, 0, 1)).shape
torch.chunk(torch.arange(7), 3)
torch.split(torch.arange(7), [2, 5])
torch.split(torch.arange(7), 3)
torch.broadcast_to(torch.arange(3), (2, 3))
torch.arange(8).reshape(2, 2, 2).permute(2, 0, 1)
torch.arange(8).reshape(2, 2, 2).permute(2, 0, 1).reshape(4, 2)
torch.arange(6).view(2, 3).t().contiguous().view(-1)
torch.arange(6).view(2, 3).t().flatten()
torch.arange(12).view(3, 4)[1:, ::2]
torch.arange(12).view(3, 4).transpose(0, 1)[1]
torch.arange(24).view(2, 3, 4)[:, 1, 2:]
torch.arange(24).view(2, 3, 4).diagonal(dim1=0, dim2=1)
torch.flip(torch.arange(6).view(2, 3), [0, 1])
torch.arange(4).roll(-1)
torch.roll(torch.arange(6).view(2, 3), shifts=(1, 1), dims=(0, 1))
torch.arange(3).repeat(2, 2)
torch.tile(torch.arange(3), (2,))
torch.arange(4).masked_fill(torch.tensor([True, False, True, False]), 9)
torch.ones(2, 2).masked_fill(torch.eye(2).bool(), float('-inf'))
torch.arange(10)[torch.arange(10) % 2 == 0]
torch.index_select(torch.arange(6).view(3, 2), 0, torch.tensor([2, 0]))
torch.arange(4).float().mean().item()
torch.arange(4).sum().item()
round(torch.tensor(2.7).item())
int(torch.tensor(2.7))
float(torch.tensor(3))
torch.tensor([1.5, 2.5, 3.5, -0.5]).round()
torch.tensor([0.1, 0.2]) * 3
torch.tensor([0.1]) + torch.tensor([0.2])
torch.tensor([1, 2, 3]) / 2
torch.tensor([1, 2, 3]) // 2
torch.tensor([-7, 7]) % 3
torch.tensor([7, -7]) // 2
torch.tensor([1, 2]) ** 2
2 ** torch.arange(4)
1 - torch.tensor([0.25, 0.5])
1 / torch.tensor([2., 4.])
-torch.arange(3)
~torch.tensor([True, False])
torch.tensor([1., 2.]).half() * 3
torch.tensor([1.1, 2.2]).bfloat16()
torch.tensor([1.1, 2.2]).bfloat16() + 1
torch.tensor([300]).to(torch.uint8)
torch.tensor([1.7, -1.7]).long()
torch.tensor([1.7, -1.7]).to(dtype=torch.int32)
torch.rand(2, 3).shape
torch.randn(2, 3).dtype
torch.randint(0, 5, (3, 2)).shape
torch.randint(5, (3,)).dtype
torch.randperm(4).shape
torch.empty(2, 3).size()
torch.empty(2, 3).size(-1)
torch.Size([2, 3]).numel()
torch.Size([2, 3])[1]
torch.ones(2, 3).shape[0]
torch.ones(2, 3).size()[-2:]
len(torch.ones(4, 2))
torch.ones(3, 4).numel()
torch.finfo(torch.float32).eps
torch.finfo(torch.float16).max
torch.finfo(torch.bfloat16).min
torch.iinfo(torch.int32).max
torch.arange(3).dtype
torch.tensor(1.0).dtype
torch.diag(torch.ones(2))
torch.diff(torch.tensor([1, 4, 9]))
torch.norm(torch.tensor([3., 4.]))
torch.tensor([3., 4.]).norm()
torch.tensor([[3., 4.]]).norm(dim=1)
torch.logical_and(torch.tensor([True, False]), torch.tensor([True, True]))
torch.pow(10000, torch.tensor([0., 1.]))
torch.pow(torch.arange(3), 2)
torch.arange(0, 8, 2).float() / 8
torch.ones(2, 3).expand(4, 2, 3).shape
torch.ones(2, 1).expand(-1, 5)
torch.ones(1, 3).expand_as(torch.ones(2, 3))
torch.arange(6).view(2, 3).unbind(1)
torch.arange(9).view(3, 3).tril(-1)
torch.cumprod(torch.tensor([1, 2, 3]), 0)
torch.arange(5).tolist()
torch.tensor([[0.5]]).tolist()
torch.tensor(7).tolist()
torch.numel(torch.ones(2, 2))
torch.is_tensor(torch.ones(1))
torch.equal(torch.ones(2), torch.ones(2))
torch.unique(torch.tensor([3, 1, 3, 2]), return_counts=True)
torch.unique(torch.tensor([[3, 1], [3, 2]]), return_inverse=True)
torch.unique_consecutive(torch.tensor([1, 1, 2, 1]))
torch.allclose(torch.ones(2), torch.ones(2))
bool(torch.tensor([1]))
bool(torch.tensor(0.0))
torch.count_nonzero(torch.tensor([0, 1, 2]))
torch.sort(torch.tensor([3, 1, 2])).values.shape
torch.topk(torch.arange(5.), 2).values.shape
torch.ones(2, 3, 4).unflatten(1, (3, 1)).shape
torch.ones(4, 6).unfold(1, 2, 2).shape
torch.ones(2, 3).new_ones(4).dtype
torch.arange(4).view(2, 2).rot90().shape
torch.ones(3, requires_grad=True).requires_grad
(torch.ones(3, requires_grad=True) * 2).is_leaf
torch.ones(2).is_leaf
torch.gather(torch.arange(4).view(2, 2), 1, torch.zeros(2, 1, dtype=torch.int64)).shape'''.splitlines()


def functionals():
    images = ['torch.zeros(2, 3, 8, 8)', 'torch.zeros(1, 4, 7, 9)']
    for image, kernel, stride, padding in itertools.product(images, [1, 2, 3, (3, 2)], [1, 2], [0, 1]):
        if padding and kernel == 1:
            continue
        channels = 3 if '3,' in image else 4
        size = kernel if isinstance(kernel, tuple) else (kernel, kernel)
        weight = f'torch.zeros(5, {channels}, {size[0]}, {size[1]})'
        yield f'F.conv2d({image}, {weight}, stride={stride}, padding={padding}).shape'
        for pool in ['max_pool2d', 'avg_pool2d']:
            for ceil in [False, True]:
                yield f'F.{pool}({image}, {kernel}, stride={stride}, padding={padding}, ceil_mode={ceil}).shape'
        transposed = f'torch.zeros({channels}, 5, {size[0]}, {size[1]})'
        yield f'F.conv_transpose2d({image}, {transposed}, stride={stride}, padding={padding}).shape'
    yield from '''F.conv2d(torch.zeros(1, 4, 8, 8), torch.zeros(6, 2, 3, 3), groups=2, dilation=2).shape
F.conv2d(torch.zeros(1, 4, 8, 8), torch.zeros(6, 4, 3, 3), padding='same').shape
F.conv2d(torch.zeros(4, 8, 8), torch.zeros(6, 4, 3, 3)).shape
F.conv1d(torch.zeros(2, 3, 10), torch.zeros(4, 3, 3), padding=1, stride=2).shape
F.conv3d(torch.zeros(1, 2, 5, 6, 7), torch.zeros(3, 2, 2, 2, 2)).shape
F.conv_transpose2d(torch.zeros(1, 4, 5, 5), torch.zeros(4, 3, 4, 4), stride=2, padding=1, output_padding=1, groups=2).shape
F.linear(torch.zeros(2, 5, 3), torch.zeros(4, 3)).shape
F.linear(torch.zeros(3), torch.zeros(4, 3), torch.zeros(4)).shape
F.embedding(torch.zeros(2, 5, dtype=torch.int64), torch.zeros(10, 3)).shape
F.adaptive_avg_pool2d(torch.zeros(2, 3, 8, 8), 1).shape
F.adaptive_avg_pool2d(torch.zeros(2, 3, 8, 8), (None, 2)).shape
F.adaptive_max_pool2d(torch.zeros(2, 3, 8, 8), (3, 5)).shape
F.adaptive_avg_pool1d(torch.zeros(2, 3, 8), 4).shape
F.pad(torch.zeros(2, 3, 4), (1, 2)).shape
F.pad(torch.zeros(2, 3, 4, 4), (1, 1, 2, 2)).shape
F.pad(torch.zeros(2, 3), (0, -1)).shape
F.interpolate(torch.zeros(1, 2, 4, 4), scale_factor=2).shape
F.interpolate(torch.zeros(1, 2, 4, 4), size=(7, 9), mode='bilinear').shape
F.interpolate(torch.zeros(1, 2, 5), scale_factor=1.5).shape
F.pixel_shuffle(torch.zeros(1, 8, 3, 3), 2).shape
F.pixel_unshuffle(torch.zeros(1, 2, 4, 4), 2).shape
F.softmax(torch.zeros(2, 3), dim=-1).shape
F.log_softmax(torch.zeros(2, 3), 1).shape
F.layer_norm(torch.zeros(2, 3), (3,)).shape
F.group_norm(torch.zeros(2, 4, 3), 2).shape
F.batch_norm(torch.zeros(2, 4), torch.zeros(4), torch.ones(4)).shape
F.dropout(torch.zeros(2, 3), 0.5, False).shape
F.glu(torch.zeros(2, 6)).shape
F.one_hot(torch.arange(3), 5).shape
F.normalize(torch.ones(2, 3), dim=1).shape
F.unfold(torch.zeros(1, 3, 4, 4), 2).shape[:2]
F.grid_sample(torch.zeros(1, 2, 4, 4), torch.zeros(1, 5, 6, 2), align_corners=False).shape
F.cross_entropy(torch.zeros(2, 3), torch.zeros(2, dtype=torch.int64)).shape
F.relu(torch.tensor([-1.0, 2.0]))
F.relu6(torch.tensor([-1.0, 2.0, 9.0]))
F.leaky_relu(torch.tensor([-1.0, 2.0]), 0.5)
F.hardtanh(torch.tensor([-3.0, 0.5, 3.0]))
F.threshold(torch.tensor([-3.0, 0.5, 3.0]), 0.1, 20)
F.hardswish(torch.tensor([-4.0, 0.0, 4.0]))
F.softsign(torch.tensor([-1.0, 3.0]))
torch.relu(torch.tensor([-1, 2]))
F.max_pool2d(torch.zeros(1, 1, 6, 6), 2).shape
F.max_pool1d(torch.zeros(1, 2, 9), 3, padding=1).shape
F.avg_pool3d(torch.zeros(1, 2, 4, 4, 4), 2).shape
F.max_pool2d(torch.zeros(1, 1, 6, 6), kernel_size=3, stride=2, padding=1, dilation=1).shape'''.splitlines()


def expressions():
    for tensor, call in itertools.product(SMALL, UNARY):
        is_call = call.endswith(')') or call in ('T', 'shape', 'dtype', 'ndim')
        yield f'{tensor}.{call}' if is_call else f'{tensor}.{call}()'
    for tensor, index in itertools.product(SMALL, INDICES):
        yield f'({tensor}){index}'
    for (a, b), operator in itertools.product(itertools.product(PAIRS, PAIRS), OPERATORS):
        yield f'{a} {operator} {b}'
    yield from OTHERS
    yield from functionals()
    yield from numpy_scalars()


def numpy_scalars():
    """What torch makes of numpy's own numbers, and of what is computed with them."""
    scalars = ['np.int64(6)', 'np.int32(6)', 'np.float32(.3)', 'np.float64(.3)', 'np.bool_(1)', 'np.int64(6) / np.int64(4)', 'np.float32(.1) * 3', 'np.float32(.1) * 3.5',
               'round(np.float64(2.675), 2)', 'np.float32(.1) + np.float32(.2)', 'np.prod([2, 3])', 'np.prod((2, 3)) / 4', 'np.sqrt(2)', 'np.sqrt(2.) * 3', '3 / np.sqrt(2)',
               'np.int64(7) // 2', 'np.int64(2) ** .5', 'abs(np.float64(-.3))', '-np.float32(.3)', 'max(np.float64(.3), 1)', 'max(np.float64(.3), .1)', 'min(np.int64(3), 4)',
               'sum([np.float32(.1), np.float32(.2)])', 'sum([np.int64(1), np.int64(2)])', 'np.array([1, 2])[0]', 'np.array([.1, .2])[1]', 'np.array([.1, .2], dtype=np.float32)[1]',
               'np.array([.1, .2], dtype=np.float32)[1] * 2', 'np.mean([1, 2])', 'np.array([1, 2]).mean()', 'np.array([1, 2]).sum() / 3', 'np.linspace(0, 1, 4)[2]', 'np.arange(3)[2]',
               'np.array([.3]).item()', 'float(np.float64(.3))', 'float(np.float32(.3))', 'int(np.int64(3))', 'int(np.float64(3.7))', '(np.float64(3) > 2) * .5', '(np.int64(3) > 2) + 1',
               'np.log(2.)', 'np.log2(8)', 'np.power(2., 3)', 'np.floor(2.5)', 'np.round(2.675, 2)', 'np.clip(2.5, 0, 2)', 'np.maximum(2, 3)', 'np.array(3.)', 'np.array(3)', 'np.array(.3) * 2',
               'divmod(np.int64(7), 2)', 'np.float64(7) % 3', 'np.array([.1, .2]).max()', 'np.array([.1, .2]).tolist()', 'np.array([1, 2]).tolist()', 'np.pi', 'np.pi / 3', 'np.e * np.float64(2)',
               'np.float64(1) * True', 'round(np.float64(2.5))', 'np.int64(3).item() / 2', 'np.float32(.3).item()', 'np.float64(.3).astype(np.float32)', '1 / np.arange(1, 4)[1]']
    for scalar in scalars:
        yield f'torch.tensor({scalar})'
        yield f'torch.tensor([{scalar}])'
        yield f'torch.tensor([{scalar}, 1])'
        yield f'torch.tensor([.5, {scalar}])'
        yield f'torch.as_tensor({scalar})'
        yield f'torch.tensor({scalar}, dtype=torch.float32)'
        yield f'torch.full((2,), {scalar})'
        yield f'torch.scalar_tensor({scalar})'
        yield f'torch.ones(2) * ({scalar})'
        yield f'({scalar}) * torch.ones(2)'
        yield f'torch.arange(3) * ({scalar})'
        yield f'({scalar}) + torch.arange(3)'
        yield f'torch.arange(3) / ({scalar})'
        yield f'torch.ones(2).mul_({scalar})'
        yield f'torch.zeros(2).fill_({scalar})'
        yield f'torch.arange({scalar})'
        yield f'torch.linspace(0, {scalar}, 3)'
        yield f'torch.ones(2, dtype=torch.float64) - ({scalar})'
        yield f'torch.tensor(float({scalar}))'
        yield f'torch.tensor({scalar}).item() * 2'
        yield f'torch.Tensor([{scalar}])'
    yield from ['torch.ones(3) * np.arange(3)', 'torch.arange(3) / np.array([1, 2, 4])', 'np.arange(3.) * torch.ones(3)', 'torch.ones(2, 1) + np.arange(3)',
                'torch.ones(2).mul(torch.tensor(np.float32(.3)))']
    yield from ['torch.ones(2).new(3).shape', 'torch.ones(2).new(2, 3).shape', 'torch.ones(2).new().shape', 'torch.ones(2).new([3, 4])', 'torch.ones(2).double().new([.1, .2])',
                'torch.ones(2).new(torch.Size([2, 5])).shape', 'torch.ones(2).long().new(4).zero_()', 'torch.ones(2).new(torch.ones(3) * 2)', 'torch.ones(2).new(*(2, 1)).fill_(3)',
                'torch.ones(2).double().new(3).dtype', 'torch.LongTensor([20000001, 3])', 'torch.DoubleTensor([.1, .2])', 'torch.DoubleTensor(2, 3).shape', 'torch.LongTensor(4).zero_()',
                'torch.HalfTensor([.1, 1])', 'torch.IntTensor(np.arange(3, dtype=np.int32))', 'torch.FloatTensor(np.array([.1, .2], dtype=np.float32))', 'torch.Tensor(np.int64(3)).shape',
                'torch.FloatTensor(np.int64(2), 3).shape', 'torch.Tensor((1, 2)).shape', 'torch.FloatTensor([[1, 2], [3, 4]])', 'torch.ones(2).new_tensor([1, 2])', 'torch.ones(2).new_tensor(3)',
                'int(np.prod(torch.ones(2, 3).shape))', 'np.prod(torch.ones(2, 3).shape[1:]) / 2', 'np.array(torch.ones(2, 3).shape).tolist()', 'np.sqrt(np.prod(torch.ones(2, 3).size()))']
    for size in ['np.int64(3)', 'np.prod([1, 3])', 'np.arange(4)[3]', 'np.int64(7) // 2']:
        yield from (re.sub(r'\bn\b', size, form) for form in [
            'torch.zeros(n)', 'torch.ones((2, n))', 'torch.empty(n, n).shape', 'torch.arange(6).view(n, -1)', 'torch.arange(6).reshape(2, n)', 'torch.zeros([n, 2])', 'torch.eye(n)',
            'torch.arange(9)[n]', 'torch.arange(9)[:n]', 'torch.arange(9)[1:n]', 'torch.ones(1, 2).expand(n, 2)', 'torch.ones(2).repeat(n)', 'torch.zeros(2, 3).narrow(1, 0, n)',
            'torch.arange(9).split(n)', 'torch.arange(9).chunk(n)', 'torch.ones(3, 3).tril(n)', 'F.pad(torch.ones(2), (n, 0))', 'torch.full((n,), 2.)', 'torch.linspace(0, 1, n)',
            'torch.ones(1, 1, 4, 4).unfold(2, n, 1)', 'torch.full_like(torch.ones(2), n)', 'torch.ones(2).new_zeros(n)', 'torch.ones(n).sum()', 'torch.ones(2) ** n', 'torch.roll(torch.arange(5), n)',
            'torch.arange(5).clamp(max=n)', 'torch.repeat_interleave(torch.arange(2), n)', 'torch.ones(4, 4).unflatten(0, (-1, 2)).shape'])


def number(value):
    """Keeps what JSON has no word for."""
    if isinstance(value, float) and (value != value or value in (float('inf'), float('-inf'))):
        return str(value)
    return value


def described(value):
    if isinstance(value, torch.Tensor):
        flat = value.detach().reshape(-1)
        return {'shape': list(value.shape), 'dtype': str(value.dtype)[6:], 'values': [number(it) for it in flat.tolist()]}
    if isinstance(value, (list, tuple)):
        return [described(it) for it in value]
    return number(value) if isinstance(value, (bool, int, float, str)) or value is None else str(value)


def answer(expression):
    try:
        return described(eval(expression))
    except Exception as error:
        return {'error': type(error).__name__}


if __name__ == '__main__':
    answers = {it: answer(it) for it in expressions()}
    print('{\n' + ',\n'.join(f'{json.dumps(key)}: {json.dumps(value)}' for key, value in answers.items()) + '\n}')
